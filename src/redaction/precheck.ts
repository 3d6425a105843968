import { charCodeAt } from '../convert/intrinsics.js';
import { Pattern } from './patterns.js';

// Each record passes here, and few hold a secret. Each branch of the expression begins with a
// character that is rare in log lines, and looks around from there. Where they begin with anything,
// the engine tries all of them at every character: seven times as long (Node 24.21). It gives up
// skipping, too, when branches get more or longer: that the first is coarse is worth three times.

const NAMED = '(?=[\\w-]{0,14}[\\\\"\'` ]{0,5}[:=])';

const COARSE = [
  'J(?<=eyJ)',
  'A(?=[KSI][Iz][Aa])',
  'x(?=[oa][xpi])',
  '@(?<=:[^\\s@]{1,256}@)',
  '_(?<=[prsuoctefkm8]_)(?=[A-Za-z0-9+/]{16})',
  'S(?=G\\.|ig)',
  'B(?=[eEaA][aAsSG][rRiI])',
  'k(?=[-s])(?<=[so]k)',
  `[pP](?=at-|[awAW][snSNdD]${NAMED})`,
  `[kK](?=[eEiI][nNeEyY])${NAMED}`,
  `[zZ](?=[aA])${NAMED}`,
  `[cC](?=[rRvVaA][eEvVcCrR])${NAMED}`,
];

/** Of what passes the first, most is told here to be something else. First what has a shape. */
const SHAPED = [
  'eyJ[\\w-]{10}',
  'A(?:[KS]IA|Iza)\\w{16}',
  'B(?:earer|EARER|asic|ASIC) ',
  '-----BEGIN ',
  'x(?:ox[a-z]|app|ai)-',
  ':[^\\s@]{1,256}@',
  '(?:gh[pousr]|_pat|_live|_test|whsec|npm|hf|r8|gsk)_[\\w+/=-]{16}',
  'SG\\.[\\w-]{16}',
  'sk-\\w',
  'hooks\\.slack\\.com/services/|webhooks/\\d',
  'glpat-',
];
const NAMES = [
  `(?:[pP](?:ass|ASS|wd|WD|an|AN)|[kK](?:en|ie|ey|EN|IE|EY)|[zZ](?:ation|ATION)|[sS]ignature)${NAMED}`,
  `[cC](?:re[td]|v[vc]|ard|RE[TD]|V[VC]|ARD)${NAMED}`,
];

/** Shorter texts are not looked at: ids and names of states are, and `pwd=abcdef` is not. */
export const MIN_TEXT_LENGTH = 10;
/** Of the shortest card number with its separators. */
const CARD_LENGTH = 17;

const SPACE = 0x20;
const DASH = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

export interface Precheck {
  mayHoldSecret(text: string): boolean;
  /** Of those, whether there may be one that has a shape. */
  mayHoldShape(text: string): boolean;
}

/** @param names Further ones, of whose values in text nothing else is known. */
export function createPrecheck(names: readonly string[]): Precheck {
  const coarse = new Pattern(COARSE.join('|'), '');
  const fine = new Pattern([...SHAPED, ...NAMES].join('|'), '');
  const shaped = new Pattern(SHAPED.join('|'), '');
  const own = names.map(lastWord).filter(word => word !== '');
  const named = own.length === 0 ? undefined : new Pattern(own.map(namedTrigger).join('|'), '');

  return {
    mayHoldSecret: text =>
      (coarse.matches(text) && fine.matches(text)) ||
      mayHoldCard(text) ||
      named?.matches(text) === true,
    mayHoldShape: text => shaped.matches(text),
  };
}

// So many digits and separators in a row. Looked for from the back of where it would end: what breaks
// it there rules out all starts before it.
export function mayHoldCard(text: string): boolean {
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
