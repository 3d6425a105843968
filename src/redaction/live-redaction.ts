import {
  createRedactionBy,
  createRedactor,
  type Redaction,
  type RedactionOptions,
} from './redaction.js';
import type { Redactor } from './redactor.js';

/**
 * Redaction by the configuration, and by what a file of rules that may change adds to it. Names of
 * one's own need the realm of patterns: they are read when the first record is there.
 */
export function createLiveRedaction(
  names: RedactionOptions,
  rules: { readonly redact: RedactionOptions | undefined },
): Redaction {
  let added: RedactionOptions | undefined;
  let redactor: Redactor | undefined;
  return createRedactionBy(() => {
    const { redact } = rules;
    if (redactor === undefined || redact !== added) {
      redactor = createRedactor(joined(names, redact));
      // Not before: what failed is tried again, and until it succeeds nothing is let through.
      added = redact;
    }
    return redactor;
  });
}

function joined(one: RedactionOptions, other: RedactionOptions = {}): RedactionOptions {
  return {
    keys: listOf(one.keys, other.keys),
    patterns: listOf(one.patterns, other.patterns),
    allowedKeys: listOf(one.allowedKeys, other.allowedKeys),
  };
}

function listOf<Item>(one: readonly Item[] = [], other: readonly Item[] = []): readonly Item[] {
  const list: Item[] = [];
  for (let i = 0; i < one.length; i++) list[list.length] = one[i]!;
  for (let i = 0; i < other.length; i++) list[list.length] = other[i]!;
  return list;
}
