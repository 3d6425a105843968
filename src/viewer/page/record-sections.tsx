import type { ViewedRecord } from '../api.js';
import { isShortNamed } from './ask.js';
import { CopyButton } from './copy-button.js';
import { Exception, hasException } from './exception.js';
import { type AskFor, FieldTree } from './field-tree.js';
import { Icon } from './icon.js';
import { Message } from './message.js';

interface RecordSectionsProps {
  readonly record: ViewedRecord;
  readonly onAsk: AskFor;
  readonly onTrace: (traceId: string) => void;
}

/** All that a record holds, what was said first. */
export function RecordSections(props: RecordSectionsProps) {
  const { record, onAsk } = props;
  const { attributes, resource } = record;
  return (
    <>
      <Message record={record} />
      <Origin {...props} />
      {hasException(record) && <Exception record={record} />}
      {Object.keys(attributes).length > 0 && (
        <section aria-label="Fields">
          <Title text="Fields" copied={attributes} />
          <FieldTree fields={withoutException(record)} onAsk={onAsk} />
        </section>
      )}
      {resource !== undefined && (
        <section aria-label="Resource">
          <Title text="Resource" copied={resource} />
          <FieldTree fields={resource} onAsk={onAsk} mayAsk={isShortNamed} />
        </section>
      )}
    </>
  );
}

function Title({ text, copied }: { text: string; copied: ViewedRecord['attributes'] }) {
  return (
    <h3>
      {text}
      <CopyButton
        text={() => JSON.stringify(copied, null, 2)}
        label={`Copy the ${text.toLowerCase()}`}
      />
    </h3>
  );
}

// Where it came from, under the names a filter knows.
function Origin({ record, onAsk, onTrace }: RecordSectionsProps) {
  const { service, pool, host, scope, traceId, spanId } = record;
  const known = Object.entries({ service, pool, host, scope, span: spanId }).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  return (
    <section aria-label="Origin">
      {traceId !== null && (
        <button type="button" class="trace-link" onClick={() => onTrace(traceId)}>
          <Icon name="trace" />
          <span>All lines of trace</span> <code>{traceId}</code> <kbd>t</kbd>
        </button>
      )}
      <FieldTree fields={Object.fromEntries(known)} onAsk={onAsk} />
    </section>
  );
}

// It has a section of its own.
function withoutException({ attributes }: ViewedRecord): ViewedRecord['attributes'] {
  const kept = Object.entries(attributes).filter(
    ([key]) => key !== 'exception.stacktrace' && key !== 'exception.message',
  );
  return Object.fromEntries(kept);
}
