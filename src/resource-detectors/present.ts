import type { ResourceAttributes, ResourceValue } from './host.js';

/** Only what was found: an attribute nobody could fill in is left out rather than sent empty. */
export function present(
  attributes: Readonly<Record<string, ResourceValue | undefined>>,
): ResourceAttributes {
  const found = Object.entries(attributes).filter(
    (entry): entry is [string, ResourceValue] => entry[1] !== undefined && entry[1] !== '',
  );
  return Object.fromEntries(found);
}
