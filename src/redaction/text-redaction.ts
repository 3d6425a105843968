import { createCardNumbers } from './card-numbers.js';
import { isMasked, MASK, REDACTED } from './mask.js';
import { createNamedValues } from './named-values.js';
import { Pattern } from './patterns.js';
import { createPrecheck, MIN_TEXT_LENGTH, mayHoldCard } from './precheck.js';
import { createPrivateKeys } from './private-keys.js';
import { replaceMatches } from './replace.js';
import type { NameKind } from './secret-names.js';
import { createShapes, mayHold } from './shapes.js';

// What was replaced may have hidden a neighbour.
const MAX_PASSES = 4;

export interface TextRedactionOptions {
  readonly keys: readonly string[];
  readonly patterns: readonly RegExp[];
  kindOf(name: string): NameKind;
}

export interface TextRedaction {
  /** Shorter texts hold nothing that is recognised. */
  readonly minLength: number;
  /** `text` without the secrets that are recognised in it; twice is the same as once. */
  redact(text: string): string;
  isCardNumber(text: string): boolean;
}

export function createTextRedaction({
  keys,
  patterns,
  kindOf,
}: TextRedactionOptions): TextRedaction {
  const { mayHoldSecret, mayHoldShape } = createPrecheck(keys);
  const withoutPrivateKeys = createPrivateKeys();
  const shapes = createShapes();
  const cards = createCardNumbers();
  const isCardNumber = cards.isOne;
  const withoutNamedValues = createNamedValues({ kindOf, isCardNumber });
  const own = patterns.map(
    ({ source, flags }) => new Pattern(`${MASK}|(?:${source})`, ownFlags(flags)),
  );

  function withoutShapes(text: string): string {
    let left = withoutPrivateKeys(text);
    for (let i = 0; i < shapes.length; i++) {
      const shape = shapes[i]!;
      if (mayHold(left, shape)) left = replaceMatches(left, shape.pattern, shape.replacement);
    }
    return left;
  }

  function pass(text: string): string {
    let left = mayHoldShape(text) ? withoutShapes(text) : text;
    if (mayHoldCard(left)) left = cards.redact(left);
    return withoutNamedValues(left);
  }

  function withoutOwn(text: string): string {
    let left = text;
    for (let i = 0; i < own.length; i++) left = replaceMatches(left, own[i]!, ownReplacement);
    return left;
  }

  function redact(text: string): string {
    let left = own.length === 0 ? text : withoutOwn(text);
    if (!mayHoldSecret(left)) return left;
    for (let passes = 0; passes < MAX_PASSES; passes++) {
      const next = pass(left);
      if (next === left) break;
      left = next;
    }
    return left;
  }

  return { redact, isCardNumber, minLength: own.length === 0 ? MIN_TEXT_LENGTH : 1 };
}

function ownFlags(flags: string): string {
  return `g${flags.replace(/[gyd]/g, '')}`;
}

// What stands for a secret stays, also where the user's pattern fits it.
function ownReplacement([match]: RegExpExecArray): string | undefined {
  return isMasked(match) ? undefined : REDACTED;
}
