import type { Status, ViewedRecord } from '../api.js';
import type { View } from './address.js';
import { NoMatch, NothingYet } from './empty-state.js';
import { count } from './format.js';
import { Icon } from './icon.js';
import { RecordList } from './record-list.js';
import type { Tail } from './tail.js';
import type { Go } from './use-view.js';

interface RecordsProps {
  readonly tail: Tail;
  readonly view: View;
  readonly status: Status | null;
  readonly selectedId: number | null;
  readonly go: Go;
  readonly onSelect: (record: ViewedRecord) => void;
}

export function Records(props: RecordsProps) {
  const { tail, selectedId, onSelect } = props;
  const { window } = tail;
  return (
    <section class="records" aria-label="Records">
      <Trouble tail={tail} />
      {window.rows.length === 0 && !tail.isLoading ? (
        <Empty {...props} />
      ) : (
        <RecordList
          rows={window.rows}
          shift={window.shift}
          isFollowing={tail.isFollowing}
          selectedId={selectedId}
          label="Records, oldest first"
          onSelect={onSelect}
          onFill={gap => void tail.fill(gap)}
          onLeaveEnd={() => tail.stopFollowing()}
          onNearEnd={isAtEnd => nearEnd(tail, isAtEnd)}
          onReachStart={() => void tail.loadOlder()}
        />
      )}
      <Newest tail={tail} />
    </section>
  );
}

function nearEnd(tail: Tail, isAtEnd: boolean): void {
  if (tail.isPaused) return;
  if (tail.hasNewer) void tail.loadNewer();
  else if (isAtEnd && tail.connection !== 'off') tail.follow();
}

function Trouble({ tail }: { tail: Tail }) {
  if (tail.connection === 'lost') {
    return (
      <p class="banner" role="status">
        Disconnected from the viewer. What arrives meanwhile is shown once it answers again.
      </p>
    );
  }
  if (tail.trouble === null) return null;
  return (
    <p class="banner" role="status">
      The records could not be read: {tail.trouble}
    </p>
  );
}

function Newest({ tail }: { tail: Tail }) {
  if (tail.isFollowing || tail.connection === 'off') return null;
  return (
    <button type="button" class="newest" onClick={() => tail.follow()}>
      <Icon name="down" />
      {tail.unseen > 0 ? `${count(tail.unseen)} new` : 'To the newest'}
    </button>
  );
}

function Empty({ tail, view, status, go }: RecordsProps) {
  if (tail.connection === 'lost' || status === null) return null;
  if (status.recordCount === 0) return <NothingYet receiverUrl={status.receiverUrl} />;
  return (
    <NoMatch
      filter={view.filter}
      isLimited={view.range.kind !== 'all'}
      onClearFilter={() => go({ filter: '' })}
      onAllTime={() => go({ range: { kind: 'all' } })}
    />
  );
}
