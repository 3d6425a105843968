import { useEffect, useRef } from 'preact/hooks';

/** Of a list of records. */
export interface RowCommands {
  readonly move: (by: number) => void;
  readonly open: () => void;
  readonly newest: () => void;
  readonly oldest: () => void;
}

export interface Commands {
  /** Null where no list of records is in sight. */
  readonly rows: RowCommands | null;
  readonly filter: () => void;
  readonly back: () => void;
  readonly trace: () => void;
  readonly pause: () => void;
  readonly callSites: () => void;
  readonly help: () => void;
}

const ROW_KEYS: Readonly<Record<string, (rows: RowCommands) => void>> = {
  j: rows => rows.move(1),
  ArrowDown: rows => rows.move(1),
  k: rows => rows.move(-1),
  ArrowUp: rows => rows.move(-1),
  Enter: rows => rows.open(),
  G: rows => rows.newest(),
  End: rows => rows.newest(),
  g: rows => rows.oldest(),
  Home: rows => rows.oldest(),
};

const PAGE_KEYS: Readonly<Record<string, (commands: Commands) => void>> = {
  '/': commands => commands.filter(),
  Escape: commands => commands.back(),
  t: commands => commands.trace(),
  ' ': commands => commands.pause(),
  s: commands => commands.callSites(),
  '?': commands => commands.help(),
};

/** Keys of the page, wherever the focus is, except where they mean something already. */
export function useKeyboard(commands: Commands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      if (obey(event.key, latest.current!)) event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

// Whether the key means something here. Without rows, arrows scroll what is in sight instead.
function obey(key: string, commands: Commands): boolean {
  const { rows } = commands;
  if (Object.hasOwn(PAGE_KEYS, key)) PAGE_KEYS[key]!(commands);
  else if (rows !== null && Object.hasOwn(ROW_KEYS, key)) ROW_KEYS[key]!(rows);
  else return false;
  return true;
}

function isTaken({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (document.querySelector('dialog[open], [role=menu]') !== null) return true;
  if (target instanceof HTMLInputElement) {
    if (key === 'Escape') target.blur();
    return true;
  }
  const isPressedByThem = key === 'Enter' || key === ' ';
  return isPressedByThem && target instanceof Element && target.closest('button, a') !== null;
}
