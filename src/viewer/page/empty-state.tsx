import { CopyButton } from './copy-button.js';
import { likelyMeant } from './filter-mistakes.js';

/** Nothing has arrived since the viewer was started: what somebody new has to do. */
export function NothingYet({ receiverUrl }: { receiverUrl: string }) {
  const command = `OTEL_EXPORTER_OTLP_ENDPOINT=${receiverUrl} node --import @emp/otel-register app.js`;
  return (
    <div class="empty">
      <h2>Waiting for the first record</h2>
      <p>Start a program like this, and what it logs appears here:</p>
      <div class="command">
        <code>{command}</code>
        <CopyButton text={() => command} label="Copy the command" />
      </div>
      <p class="hint">
        Anything that sends OTLP over HTTP to <code>{receiverUrl}</code> is shown, traces included.
      </p>
    </div>
  );
}

interface NoMatchProps {
  readonly filter: string;
  readonly isLimited: boolean;
  readonly onClearFilter: () => void;
  readonly onAllTime: () => void;
}

export function NoMatch({ filter, isLimited, onClearFilter, onAllTime }: NoMatchProps) {
  const hasFilter = filter !== '';
  return (
    <div class="empty">
      <h2>{hasFilter ? 'No record matches the filter' : 'No record in this time'}</h2>
      {likelyMeant(filter).map(hint => (
        <p key={hint}>{hint}</p>
      ))}
      <p>New ones that match appear as they arrive.</p>
      <p class="choices">
        {hasFilter && (
          <button type="button" onClick={onClearFilter}>
            Clear the filter
          </button>
        )}
        {isLimited && (
          <button type="button" onClick={onAllTime}>
            Look at all time
          </button>
        )}
      </p>
    </div>
  );
}
