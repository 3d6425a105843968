import { indexOfText } from '../convert/intrinsics.js';
import { createCardNumbers } from './card-numbers.js';
import { withoutCutSecret } from './cut-secrets.js';
import { isMasked, MASK, REDACTED } from './mask.js';
import { createNamedValues } from './named-values.js';
import { createPairedValues } from './paired-values.js';
import { Pattern } from './patterns.js';
import { createPrecheck, MIN_TEXT_LENGTH, mayHoldCard } from './precheck.js';
import { createPrivateKeys } from './private-keys.js';
import type { OwnPattern } from './redaction.js';
import { replaceMatches } from './replace.js';
import type { NameKind } from './secret-names.js';
import { createShapes, mayHold } from './shapes.js';

// What was replaced may have hidden a neighbour.
const MAX_PASSES = 4;
const MAX_PAIRED_NAME = 64;

const withoutPrivateKeys = createPrivateKeys();
const shapes = createShapes();
const cards = createCardNumbers();
const absolutePath = new Pattern('^(?:/|[A-Za-z]:[\\\\/])', '');

export interface TextRedactionOptions {
  readonly keys: readonly string[];
  readonly patterns: readonly OwnPattern[];
  kindOf(name: string): NameKind;
}

export interface TextRedaction {
  /** Shorter texts hold nothing that is recognised. */
  readonly minLength: number;
  /** `text` without the secrets that are recognised in it; twice is the same as once. */
  redact(text: string): string;
  /** The same of one that may have been cut: its end may be the beginning of a secret. */
  redactCut(text: string): string;
  /** Whether such a text is one, under a name of that kind. */
  isSecret(text: string, kind: NameKind): boolean;
  /** What a text in a list says of the one behind it. */
  kindInPair(name: string, value: string): NameKind;
}

export function createTextRedaction({
  keys,
  patterns,
  kindOf,
}: TextRedactionOptions): TextRedaction {
  const { mayHoldSecret, mayHoldShape } = createPrecheck(keys);
  const withoutNamedValues = createNamedValues({ kindOf, isSecret });
  const paired = createPairedValues({ kindOf, isSecret });
  const own = ownPatterns(patterns);

  function pass(text: string): string {
    let left = mayHoldShape(text) ? withoutShapes(text) : text;
    if (mayHoldCard(left)) left = cards.redact(left);
    return paired.redact(withoutNamedValues(left));
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

  return {
    redact,
    redactCut: text => withoutCutSecret(redact(text)),
    isSecret,
    // Few texts in lists are names: to look for one is slower.
    kindInPair: (name, value) =>
      name.length <= MAX_PAIRED_NAME && mayHoldSecret(`${name}=`)
        ? paired.kindOf(name, value)
        : 'plain',
    minLength: own.length === 0 ? MIN_TEXT_LENGTH : 1,
  };
}

function isSecret(text: string, kind: NameKind): boolean {
  if (kind === 'card') return cards.isOne(text);
  return kind !== 'folder' || !absolutePath.matches(text);
}

function withoutShapes(text: string): string {
  let left = withoutPrivateKeys(text);
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i]!;
    if (mayHold(left, shape)) left = replaceMatches(left, shape.pattern, shape.replacement);
  }
  return left;
}

function ownPatterns(patterns: readonly OwnPattern[]): readonly Pattern[] {
  const own: Pattern[] = [];
  for (let i = 0; i < patterns.length; i++) {
    const { source, flags } = patterns[i]!;
    own[i] = new Pattern(`${MASK}|(?:${source})`, ownFlags(flags));
  }
  return own;
}

function ownFlags(flags: string): string {
  let kept = 'g';
  for (let i = 0; i < flags.length; i++) {
    if (indexOfText('gyd', flags[i]!) === -1) kept += flags[i];
  }
  return kept;
}

// What stands for a secret stays, also where the user's pattern fits it.
function ownReplacement({ 0: match }: RegExpExecArray): string | undefined {
  return isMasked(match) ? undefined : REDACTED;
}
