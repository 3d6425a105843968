// Drawn on a grid of 16, in the colour of the text around them.
const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 5',
  clear: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 5.5h6.5V13H6zM3.5 10.5V3H10',
  dark: 'M12.8 9.7A5.3 5.3 0 0 1 6.3 3.2a5.3 5.3 0 1 0 6.5 6.5z',
  down: 'M8 3v9M4.5 8.5L8 12l3.5-3.5',
  export: 'M8 2.5V10M5 7l3 3 3-3M3 13h10',
  help: 'M6 6a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.4M8 11.8v.3',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  link: 'M6.8 9.2l2.4-2.4M7.5 5l1.6-1.6a2.4 2.4 0 0 1 3.5 3.5L11 8.5M8.5 11l-1.6 1.6a2.4 2.4 0 0 1-3.5-3.5L5 7.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2l7.5 4.8L5 12.8z',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.2 3.2',
  system: 'M2.5 3.5h11v7h-11zM6 13h4',
  trace: 'M2.5 4h6M5.5 8h6M8.5 12h5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
