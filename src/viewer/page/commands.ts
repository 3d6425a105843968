import type { View } from './address.js';
import type { Commands, RowCommands } from './keyboard.js';
import type { Steps } from './steps.js';
import type { Tail } from './tail.js';
import type { Selection } from './use-selection.js';

interface Served {
  readonly view: View;
  readonly tail: Tail;
  readonly selection: Selection;
  readonly steps: Steps;
  readonly filterInput: { readonly current: HTMLInputElement | null };
  readonly onHelp: () => void;
}

/** What the keys of the page do. */
export function commandsOf(served: Served): Commands {
  const { view, tail, selection, steps, filterInput, onHelp } = served;
  const hasRows = view.page === 'records' || view.traceId !== null;
  return {
    rows: hasRows ? rowCommandsOf(selection) : null,
    filter: () => filterInput.current?.select(),
    back: steps.back,
    trace: () => steps.toTrace(selection.find(selection.id)?.traceId),
    pause: () => tail.togglePause(),
    callSites: steps.toOtherPage,
    help: onHelp,
  };
}

function rowCommandsOf(selection: Selection): RowCommands {
  return {
    move: selection.move,
    open() {
      const record = selection.find(selection.id);
      if (record) selection.open(record);
    },
    newest: selection.toNewest,
    oldest: selection.toOldest,
  };
}
