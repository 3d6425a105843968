import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  readonly key: string;
  readonly label: ComponentChildren;
  readonly isChosen: boolean;
  readonly choose: (isExcluded: boolean) => void;
}

interface MenuProps {
  readonly label: string;
  readonly value: string | null;
  readonly items: readonly MenuItem[];
  readonly children?: ComponentChildren;
}

export function Menu({ label, value, items, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useMenuFocus(root, isOpen);
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return (
    <div
      class="menu"
      role="group"
      aria-label={label}
      ref={root}
      onFocusOut={event => {
        if (!root.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
      onKeyDown={event => isOpen && keyPressed(event, root.current!, close)}
    >
      <Opener {...{ label, value, isOpen }} onClick={() => setOpen(!isOpen)} />
      {isOpen && <Popup {...{ label, items, close }}>{children}</Popup>}
    </div>
  );
}

interface OpenerProps extends Pick<MenuProps, 'label' | 'value'> {
  readonly isOpen: boolean;
  readonly onClick: () => void;
}

function Opener({ label, value, isOpen, onClick }: OpenerProps) {
  return (
    <button
      type="button"
      class={`opener ${value === null ? '' : 'active'}`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={onClick}
    >
      {label}
      {value !== null && <bdi class="chosen">{value}</bdi>}
      <span class="caret" aria-hidden="true" />
    </button>
  );
}

type PopupProps = Omit<MenuProps, 'value'> & { readonly close: () => void };

function Popup({ label, items, close, children }: PopupProps) {
  return (
    <div class="popup" role="menu" aria-label={label}>
      {items.map(({ key, label: text, isChosen, choose }) => (
        <button
          key={key}
          type="button"
          role="menuitemradio"
          aria-checked={isChosen}
          tabIndex={-1}
          onClick={event => {
            choose(event.altKey || event.shiftKey);
            close();
          }}
        >
          {text}
        </button>
      ))}
      {items.length === 0 && <p class="note">Nothing has arrived yet.</p>}
      {children}
    </div>
  );
}

function useMenuFocus(root: { current: HTMLElement | null }, isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    const items = root.current!.querySelectorAll<HTMLElement>('[role=menuitemradio]');
    const chosen = [...items].find(item => item.ariaChecked === 'true') ?? items[0];
    chosen?.focus();
  }, [isOpen]);
}

function keyPressed(event: KeyboardEvent, root: HTMLElement, close: () => void): void {
  const items = [...root.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (event.key === 'Escape') close();
  else if (event.target instanceof HTMLInputElement) return;
  else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
  else if (event.key === 'ArrowUp') items.at(at <= 0 ? -1 : at - 1)?.focus();
  else if (event.key === 'Home') items[0]?.focus();
  else if (event.key === 'End') items.at(-1)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
