import { useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.js';

const SHOWN_MS = 1200;

interface CopyButtonProps {
  readonly text: () => string;
  readonly label: string;
  readonly icon?: IconName;
}

export function CopyButton({ text, label, icon = 'copy' }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const copy = async (event: Event) => {
    event.stopPropagation();
    setState(await write(text()));
    setTimeout(() => setState('idle'), SHOWN_MS);
  };
  const said = { idle: label, done: 'Copied', failed: 'The browser did not allow it' }[state];
  return (
    <button
      type="button"
      class={`icon copy ${state}`}
      title={said}
      aria-label={said}
      onClick={copy}
    >
      <Icon name={state === 'done' ? 'check' : icon} />
    </button>
  );
}

// Browsers allow it on localhost and under https alone.
async function write(text: string): Promise<'done' | 'failed'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'done';
  } catch {
    return 'failed';
  }
}
