import { charCodeAt, toLowerCase, upperCase } from '../convert/intrinsics.js';
import { COLOUR, Pattern } from './patterns.js';

// Each record passes here, and few hold a secret. Each branch of the expression begins with a
// character that is rare in log lines, and looks around from there. Where they begin with anything,
// the engine tries all of them at every character: seven times as long (Node 24.21). It gives up
// skipping, too, when branches get more or longer: that the first is coarse is worth three times.

// Behind a name: what introduces its value, or ends an item of a list, both perhaps coloured.
const NAMED = `(?=[\\w-]{0,14}[\\\\"'\` ]{0,5}(?:${COLOUR} ?)?(?:[:=]|(?<=["'m]),))`;
/** The same of which less is told, for it is looked for in each text. */
const NAMED_COARSELY = '(?=[\\w-]{0,14}[\\\\"\'` ]{0,5}[:=,\\x1b])';

const COARSE = [
  'J(?<=eyJ)',
  'A(?=[KSI][Iz][Aa])',
  'x(?=[oa][xpi])',
  '@(?<=:[^\\s@]{1,256}@)',
  '_(?<=[prsuoctefkm8]_)(?=[A-Za-z0-9+/]{16})',
  'S(?=G\\.|ig)',
  'B(?=[eEaA][aAsSG][rRiI])',
  'k(?=[-s])(?<=[so]k)',
  `[pP](?=at-|[awAW][snSNdD]${NAMED_COARSELY})`,
  `[kK](?=[eEiI][nNeEyY])${NAMED_COARSELY}`,
  `[zZ](?=[aA])${NAMED_COARSELY}`,
  `[cC](?=[rRvVaA][eEvVcCrR])${NAMED_COARSELY}`,
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

const coarse = new Pattern(COARSE.join('|'), '');
const fine = new Pattern([...SHAPED, ...NAMES].join('|'), '');
const shaped = new Pattern(SHAPED.join('|'), '');
const lastWord = new Pattern('(\\p{L}+)[^\\p{L}]*$', 'u');

export interface Precheck {
  mayHoldSecret(text: string): boolean;
  /** Of those, whether there may be one that has a shape. */
  mayHoldShape(text: string): boolean;
}

/** @param names Further ones, of whose values in text nothing else is known. */
export function createPrecheck(names: readonly string[]): Precheck {
  const named = namedTriggers(names);

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

function namedTriggers(names: readonly string[]): Pattern | undefined {
  let source = '';
  for (let i = 0; i < names.length; i++) {
    const word = lastWord.exec(names[i]!, 0)?.[1];
    if (word !== undefined) source += `${source === '' ? '' : '|'}${namedTrigger(word)}`;
  }
  return source === '' ? undefined : new Pattern(source, '');
}

// In any case, without a flag that would apply to the others.
function namedTrigger(word: string): string {
  let source = '';
  for (let i = 0; i < word.length; i++) {
    const lower = toLowerCase(word[i]!);
    const upper = upperCase(word[i]!);
    source += lower === upper ? word[i] : `(?:${lower}|${upper})`;
  }
  return source + NAMED;
}
