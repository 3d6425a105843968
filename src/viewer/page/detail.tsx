import { useEffect, useRef } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { CopyButton } from './copy-button.js';
import type { AskFor } from './field-tree.js';
import { clockTime, fullTime, millisecondsOf } from './format.js';
import { Icon } from './icon.js';
import { RecordSections } from './record-sections.js';
import { levelOf } from './severity.js';
import { ShownText } from './shown-text.js';
import { useWholeRecord } from './use-whole-record.js';

interface DetailProps {
  readonly id: number;
  /** As the list has it, until the whole of it is here. */
  readonly listed: ViewedRecord | undefined;
  readonly onAsk: AskFor;
  readonly onTrace: (traceId: string) => void;
  readonly onClose: () => void;
}

export function Detail({ id, listed, onAsk, onTrace, onClose }: DetailProps) {
  const { whole, trouble } = useWholeRecord(id);
  const record = whole ?? listed;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.scrollTo(0, 0), [id]);
  return (
    <aside class="detail" aria-label="Record">
      <Header record={record} onClose={onClose} />
      <div class="body" ref={body}>
        {trouble !== null && <p class="trouble">{trouble}</p>}
        {record && (
          <RecordSections {...{ record, onAsk, onTrace }} key={`${id}${whole ? '' : ' listed'}`} />
        )}
      </div>
    </aside>
  );
}

interface HeaderProps {
  readonly record: ViewedRecord | undefined;
  readonly onClose: () => void;
}

function Header({ record, onClose }: HeaderProps) {
  return (
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
