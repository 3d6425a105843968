import { useEffect, useState } from 'preact/hooks';

export type Theme = 'system' | 'dark' | 'light';

const KEY = 'otel-register-theme';
const ORDER: readonly Theme[] = ['system', 'dark', 'light'];

export interface ThemeChoice {
  readonly chosen: Theme;
  /** What is shown: that of the system where nothing else was chosen. */
  readonly shown: 'dark' | 'light';
  next(): void;
}

export function useTheme(): ThemeChoice {
  const [chosen, choose] = useState(storedTheme);
  const isSystemDark = useSystemDark();
  const shown = chosen === 'system' ? (isSystemDark ? 'dark' : 'light') : chosen;
  // Before anything is drawn that reads a colour.
  document.documentElement.dataset.theme = shown;
  return {
    chosen,
    shown,
    next() {
      const next = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length]!;
      choose(next);
      storeTheme(next);
    },
  };
}

function useSystemDark(): boolean {
  const [query] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setDark] = useState(query.matches);
  useEffect(() => {
    const changed = () => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return isDark;
}

// A page whose storage is switched off forgets the choice, and works.
function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY) as Theme;
    return ORDER.includes(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}
