import type { Commands } from './keyboard.js';
import type { Steps } from './steps.js';
import type { Tail } from './tail.js';
import type { Selection } from './use-selection.js';

interface Served {
  readonly tail: Tail;
  readonly selection: Selection;
  readonly steps: Steps;
  readonly filterInput: { readonly current: HTMLInputElement | null };
  readonly onHelp: () => void;
}

/** What the keys of the page do. */
export function commandsOf({ tail, selection, steps, filterInput, onHelp }: Served): Commands {
  return {
    filter: () => filterInput.current?.select(),
    move: selection.move,
    open() {
      const record = selection.find(selection.id);
      if (record) selection.open(record);
    },
    back: steps.back,
    trace: () => steps.toTrace(selection.find(selection.id)?.traceId),
    pause: () => tail.togglePause(),
    newest: selection.toNewest,
    oldest: selection.toOldest,
    callSites: steps.toOtherPage,
    help: onHelp,
  };
}
