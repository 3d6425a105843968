import { useState } from 'preact/hooks';
import type { AttributeValue } from '../api.js';
import { CopyButton } from './copy-button.js';
import { isKey } from './filter-terms.js';
import { size } from './format.js';
import { Icon } from './icon.js';
import { cut, plainText } from './key-fields.js';
import { ShownText } from './shown-text.js';

/** What a click on a value asks for; null where a value cannot be asked for. */
export type AskFor = (path: string, value: string, isExcluded: boolean) => void;

type Fields = Readonly<Record<string, AttributeValue>>;

interface FieldTreeProps {
  readonly fields: Fields;
  readonly onAsk: AskFor | null;
  /** Which paths can be asked for; all that a filter can name, if absent. */
  readonly mayAsk?: ((path: string) => boolean) | undefined;
  readonly path?: string;
}

const MAX_SHOWN_LENGTH = 20_000;
/** A record holds at most 8 levels of ours; others may send more than a page can indent. */
const MAX_DEPTH = 12;

export function FieldTree({ fields, onAsk, mayAsk, path = '' }: FieldTreeProps) {
  return (
    <dl class="tree">
      {Object.entries(fields).map(([key, value]) => (
        <Field key={key} name={key} path={path + key} value={value} onAsk={onAsk} mayAsk={mayAsk} />
      ))}
    </dl>
  );
}

interface FieldProps {
  readonly name: string;
  readonly path: string;
  readonly value: AttributeValue;
  readonly onAsk: AskFor | null;
  readonly mayAsk: ((path: string) => boolean) | undefined;
}

function Field({ name, path, value, onAsk, mayAsk }: FieldProps) {
  const depth = path.split('.').length - name.split('.').length;
  const isTree = isFields(value) && Object.keys(value).length > 0 && depth < MAX_DEPTH;
  return (
    <div class={isTree ? 'entry nested' : 'entry'}>
      <dt>
        <ShownText text={name} />
      </dt>
      <dd>
        {isTree ? (
          <FieldTree fields={value} path={`${path}.`} onAsk={onAsk} mayAsk={mayAsk} />
        ) : (
          <Leaf path={path} value={value} onAsk={onAsk} mayAsk={mayAsk} />
        )}
      </dd>
    </div>
  );
}

function isFields(value: AttributeValue): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function Leaf({ path, value, onAsk, mayAsk = isKey }: Omit<FieldProps, 'name'>) {
  const text = plainText(value);
  const kind = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  const isAsked =
    onAsk !== null &&
    text.length <= 500 &&
    text !== '' &&
    isKey(path) &&
    mayAsk(path) &&
    typeof value !== 'object';
  if (!isAsked) {
    return (
      <span class={`value ${kind}`}>
        {text === '' ? <i class="absent">empty</i> : <LongText text={text} />}
        <CopyButton text={() => text} label={`Copy ${path}`} />
      </span>
    );
  }
  return (
    <span class={`value ${kind}`}>
      <Ask path={path} text={text} onAsk={onAsk} />
      <CopyButton text={() => text} label={`Copy ${path}`} />
    </span>
  );
}

interface AskProps {
  readonly path: string;
  readonly text: string;
  readonly onAsk: AskFor;
}

function Ask({ path, text, onAsk }: AskProps) {
  return (
    <>
      <button
        type="button"
        class="ask"
        title="Click to show only these; with Alt or Shift to leave them out"
        onClick={event => onAsk(path, text, event.altKey || event.shiftKey)}
      >
        <LongText text={text} />
      </button>
      <button
        type="button"
        class="icon exclude"
        title={`Leave out ${path}`}
        aria-label={`Leave out ${path}: ${cut(text, 60)}`}
        onClick={() => onAsk(path, text, true)}
      >
        <Icon name="close" />
      </button>
    </>
  );
}

/** A megabyte is not laid out before somebody asks for it. */
export function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= MAX_SHOWN_LENGTH) return <ShownText text={text} keepLines />;
  return (
    <>
      <ShownText text={cut(text, MAX_SHOWN_LENGTH)} keepLines />
      <button type="button" class="more" onClick={() => setWhole(true)}>
        Show all {size(text.length)}
      </button>
    </>
  );
}
