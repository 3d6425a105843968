import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { isShortNamed } from './ask.js';
import { CopyButton } from './copy-button.js';
import { Exception, hasException } from './exception.js';
import { type AskFor, FieldTree } from './field-tree.js';
import { clockTime, fullTime, millisecondsOf } from './format.js';
import { Icon } from './icon.js';
import { Message } from './message.js';
import { fetchRecord } from './requests.js';
import { levelOf } from './severity.js';
import { ShownText } from './shown-text.js';

export interface DetailProps {
  readonly id: number;
  /** As the list has it, until the whole of it is here. */
  readonly listed: ViewedRecord | undefined;
  readonly onAsk: AskFor;
  readonly onTrace: (traceId: string) => void;
  readonly onClose: () => void;
}

export function Detail(props: DetailProps) {
  const { id, listed, onClose } = props;
  const { whole, trouble } = useWhole(id);
  const record = whole ?? listed;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.scrollTo(0, 0), [id]);
  return (
    <aside class="detail" aria-label="Record">
      <header>
        {record && <Level record={record} />}
        {record && <When record={record} />}
        <span class="grow" />
        <CopyButton text={() => location.href} label="Copy a link to this record" icon="link" />
        {record && <CopyButton text={() => JSON.stringify(record, null, 2)} label="Copy as JSON" />}
        <button
          type="button"
          class="icon"
          title="Close (Esc)"
          aria-label="Close the record"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="body" ref={body}>
        {trouble !== null && <p class="trouble">{trouble}</p>}
        {record && <Sections {...props} record={record} key={`${id}${whole ? '' : ' listed'}`} />}
      </div>
    </aside>
  );
}

function Sections({ record, onAsk, onTrace }: DetailProps & { record: ViewedRecord }) {
  const { attributes, resource } = record;
  return (
    <>
      <Message record={record} />
      <Origin record={record} onAsk={onAsk} onTrace={onTrace} />
      {hasException(record) && <Exception record={record} />}
      {Object.keys(attributes).length > 0 && (
        <section aria-label="Fields">
          <h3>
            Fields
            <CopyButton text={() => JSON.stringify(attributes, null, 2)} label="Copy the fields" />
          </h3>
          <FieldTree fields={withoutException(record)} onAsk={onAsk} />
        </section>
      )}
      {resource !== undefined && (
        <section aria-label="Resource">
          <h3>
            Resource
            <CopyButton text={() => JSON.stringify(resource, null, 2)} label="Copy the resource" />
          </h3>
          <FieldTree fields={resource} onAsk={onAsk} mayAsk={isShortNamed} />
        </section>
      )}
    </>
  );
}

// Where it came from, under the names a filter knows.
function Origin({
  record,
  onAsk,
  onTrace,
}: Pick<DetailProps, 'onAsk' | 'onTrace'> & { record: ViewedRecord }) {
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

function Level({ record }: { record: ViewedRecord }) {
  const level = levelOf(record.severityNumber);
  const text = record.severityText || level?.toUpperCase() || 'no level';
  return (
    <span class={`badge ${level ?? 'none'}`}>
      <ShownText text={text.slice(0, 24)} />
    </span>
  );
}

function When({ record }: { record: ViewedRecord }) {
  const ms = millisecondsOf(record.timeUnixNano);
  return (
    <time class="when" title={fullTime(ms)} dateTime={isoTime(ms)}>
      {fullTime(ms).slice(0, 10)} <b>{clockTime(ms)}</b>
    </time>
  );
}

function isoTime(ms: number): string | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

// It has a section of its own.
function withoutException({ attributes }: ViewedRecord): ViewedRecord['attributes'] {
  const kept = Object.entries(attributes).filter(
    ([key]) => key !== 'exception.stacktrace' && key !== 'exception.message',
  );
  return Object.fromEntries(kept);
}

function useWhole(id: number) {
  const [state, setState] = useState<{ id: number; whole?: ViewedRecord; trouble?: string }>({
    id,
  });
  useEffect(() => {
    let isWanted = true;
    fetchRecord(id).then(
      whole => isWanted && setState({ id, whole }),
      error => isWanted && setState({ id, trouble: `It could not be read: ${error.message}` }),
    );
    return () => {
      isWanted = false;
    };
  }, [id]);
  const { whole, trouble } = state.id === id ? state : { whole: undefined, trouble: undefined };
  return { whole, trouble: trouble ?? null };
}
