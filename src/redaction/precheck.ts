import { charCodeAt } from '../convert/intrinsics.js';
import { compile, patternExec } from './patterns.js';

// Each record passes here, and few hold a secret. One expression, of which each branch begins with a
// character that is rare in log lines and looks around from there. Where the branches begin with
// anything, the engine tries all of them at every character: that took seven times as long.

/** What may follow the beginning of a name: its rest, a quote, a blank, and the separator. */
const NAMED = '(?=[\\w-]{0,12}(?:\\\\{0,3}["\'`])? ?[:=])';

const TRIGGERS = [
  'J(?<=eyJ)',
  'A(?=KIA|SIA|Iza)',
  'B(?=earer|asic |EARER|ASIC |EGIN )',
  // `basic` is too usual a word.
  'b(?=earer)',
  'x(?=ox[a-z]-|app-|ai-)',
  '@(?<=:[^\\s@]{1,256}@)',
  '_(?<=[prsuoctefkm8]_)(?<=(?:gh[pousr]|pat|live|test|hsec|npm|hf|r8|gsk)_)',
  'S(?=G\\.)',
  'k(?=-)(?<=sk)',
  'k(?=s\\.slack\\.com/services/|s/\\d)',
  'p(?=at-)(?<=glp)',
  `[pP](?=ass|ASS|wd|WD|an|AN)${NAMED}`,
  `[kK](?=en|ie|ey|EN|IE|EY)${NAMED}`,
  `[jJ](?=wt|WT)${NAMED}`,
  `[zZ](?=ation|ATION)${NAMED}`,
  `[cC](?=re[td]|v[vc]|ard|cn|RE[TD]|V[VC]|ARD|CN)${NAMED}`,
  `[sS](?=ignature|IGNATURE)${NAMED}`,
];

/** Shorter texts hold nothing that is recognised: `pwd=abc1`. */
export const MIN_TEXT_LENGTH = 8;
/** Of the shortest card number with its separators. */
const CARD_LENGTH = 17;

const SPACE = 0x20;
const DASH = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** @param names Further ones, of whose values in text nothing else is known. */
export function createPrecheck(names: readonly string[]): (text: string) => boolean {
  const own = names.map(lastWord).filter(word => word !== '');
  const trigger = compile([...TRIGGERS, ...own.map(namedTrigger)].join('|'), '');
  const exec = patternExec();

  return text => exec(trigger, text) !== null || mayHoldCard(text);
}

// So many digits and separators in a row. Looked for from the back of where it would end: what breaks
// it there rules out all starts before it.
function mayHoldCard(text: string): boolean {
  const { length } = text;
  for (let end = CARD_LENGTH - 1; end < length; ) {
    let at = end;
    const start = end - CARD_LENGTH;
    while (at > start && isCardPart(charCodeAt(text, at))) at--;
    if (at === start) return true;
    end = at + CARD_LENGTH;
  }
  return false;
}

function isCardPart(code: number): boolean {
  return code <= NINE && (code >= ZERO || code === SPACE || code === DASH);
}

function lastWord(name: string): string {
  return /\p{L}+$/u.exec(name.replace(/[^\p{L}]+$/u, ''))?.[0] ?? '';
}

// In any case, without a flag that would apply to the others.
function namedTrigger(word: string): string {
  const letters = [...word].map(letter => {
    const cases = new Set([letter.toLowerCase(), letter.toUpperCase()]);
    return cases.size === 1 ? letter : `(?:${[...cases].join('|')})`;
  });
  return `${letters.join('')}${NAMED}`;
}
