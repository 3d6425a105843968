import { ShownText } from './shown-text.js';

const COLOURS = 8;

/** A service always has the same colour, beside its name and never instead of it. */
export function serviceColour(name: string | null): number {
  let hash = 7;
  for (const character of name ?? '') hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % COLOURS;
}

export function Service({ name, pool }: { name: string | null; pool: string | null }) {
  if (!name) return <span class="absent">–</span>;
  return (
    <>
      <i class={`dot c${serviceColour(name)}`} />
      <ShownText text={name} />
      {pool !== null && (
        <span class="pool">
          <ShownText text={pool} />
        </span>
      )}
    </>
  );
}
