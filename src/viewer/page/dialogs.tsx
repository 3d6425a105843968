import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'Filter'],
  ['j k', 'Next, previous record'],
  ['Enter', 'Open the record'],
  ['t', 'All lines of its trace'],
  ['Esc', 'Close, go back'],
  ['Space', 'Pause, go on'],
  ['G', 'To the newest'],
  ['g', 'To the oldest that is loaded'],
  ['s', 'Call sites'],
  ['?', 'This help'],
];

const FILTERS: readonly (readonly [example: string, does: string])[] = [
  ['cold model', 'both words, in the message or a value'],
  ['"cold model"', 'these words in a row'],
  ['severity:>=warn', 'level, from this one up'],
  ['service:api', 'also pool, host, scope, trace, span'],
  ['job_id:workflow-123', 'any field; nested ones with dots'],
  ['-service:api', 'leaves out'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="Help" onClose={onClose}>
      <div class="help">
        <Keys />
        <Filters />
      </div>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </Dialog>
  );
}

function Keys() {
  return (
    <section>
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Filters() {
  return (
    <section>
      <h2>Filter</h2>
      <dl>
        {FILTERS.map(([example, does]) => (
          <div key={example}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        A click on a value adds it to the filter, with <kbd>Alt</kbd> or <kbd>Shift</kbd> leaves it
        out. A drag across the histogram chooses a time.
      </p>
    </section>
  );
}

interface ClearDialogProps {
  readonly recordCount: number;
  readonly onClear: () => Promise<void>;
  readonly onClose: () => void;
}

export function ClearDialog({ recordCount, onClear, onClose }: ClearDialogProps) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const clear = () => onClear().then(onClose, error => setTrouble(error.message));
  return (
    <Dialog label="Delete all records" onClose={onClose}>
      <h2>Delete all records?</h2>
      <p>
        {recordCount.toLocaleString('en')} records and their traces are deleted from this viewer,
        whatever the filter. What was sent elsewhere stays there.
      </p>
      {trouble !== null && <p class="trouble">They could not be deleted: {trouble}</p>}
      <footer>
        <button type="button" onClick={onClose}>
          Keep them
        </button>
        <button type="button" class="danger" onClick={clear}>
          Delete
        </button>
      </footer>
    </Dialog>
  );
}

interface DialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

function Dialog({ label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current!.showModal();
    // To focus its first button scrolls a dialog to it that does not fit in the window.
    dialog.current!.scrollTop = 0;
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div class="dialog">{children}</div>
    </dialog>
  );
}
