import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';

/** Typing is followed after this pause, so that each letter is not a search of its own. */
const TYPING_PAUSE_MS = 300;

interface FilterInputProps {
  readonly filter: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string, isTyping: boolean) => void;
}

export function FilterInput({ filter, input, onFilter }: FilterInputProps) {
  const { typed, type, apply } = useTyping(filter, onFilter);
  return (
    <label class="filter-input">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        value={typed}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        dir="auto"
        aria-label="Filter"
        placeholder="Filter: words, job_id:abc, severity:>=warn, -service:api"
        onInput={event => type(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') apply(event.currentTarget.value, false);
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

function useTyping(filter: string, onFilter: FilterInputProps['onFilter']) {
  const [typed, setTyped] = useState(filter);
  const timer = useRef(0);
  // A filter that came from elsewhere, a chip or the back button, replaces what was typed.
  useEffect(() => {
    setTyped(now => (now.trim() === filter ? now : filter));
    return () => clearTimeout(timer.current!);
  }, [filter]);
  const apply = (text: string, isTyping: boolean) => {
    clearTimeout(timer.current!);
    if (text.trim() !== filter) onFilter(text.trim(), isTyping);
  };
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current!);
    timer.current = window.setTimeout(() => apply(text, true), TYPING_PAUSE_MS);
  };
  return { typed, type, apply };
}
