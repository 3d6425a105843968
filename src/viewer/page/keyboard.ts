import { useEffect, useRef } from 'preact/hooks';

export interface Commands {
  readonly filter: () => void;
  readonly move: (by: number) => void;
  readonly open: () => void;
  readonly back: () => void;
  readonly trace: () => void;
  readonly pause: () => void;
  readonly newest: () => void;
  readonly oldest: () => void;
  readonly callSites: () => void;
  readonly help: () => void;
}

const COMMANDS: Readonly<Record<string, (commands: Commands) => void>> = {
  '/': commands => commands.filter(),
  j: commands => commands.move(1),
  ArrowDown: commands => commands.move(1),
  k: commands => commands.move(-1),
  ArrowUp: commands => commands.move(-1),
  Enter: commands => commands.open(),
  Escape: commands => commands.back(),
  t: commands => commands.trace(),
  ' ': commands => commands.pause(),
  G: commands => commands.newest(),
  End: commands => commands.newest(),
  g: commands => commands.oldest(),
  Home: commands => commands.oldest(),
  s: commands => commands.callSites(),
  '?': commands => commands.help(),
};

/** Keys of the page, wherever the focus is, except where they mean something already. */
export function useKeyboard(commands: Commands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event) || !Object.hasOwn(COMMANDS, event.key)) return;
      event.preventDefault();
      COMMANDS[event.key]!(latest.current!);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

function isTaken({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || document.querySelector('dialog[open]') !== null) return true;
  if (target instanceof HTMLInputElement) {
    if (key === 'Escape') target.blur();
    return true;
  }
  const isPressedByThem = key === 'Enter' || key === ' ';
  return isPressedByThem && target instanceof Element && target.closest('button, a') !== null;
}
