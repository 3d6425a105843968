import {
  endsWith,
  mapGet,
  mapHas,
  mapSet,
  newMap,
  sliceText,
  toLowerCase,
} from '../convert/intrinsics.js';
import { endOf, Pattern } from './patterns.js';

/** What a name says about the strings it names. */
export type NameKind =
  | 'plain'
  /** The user wants them left alone. */
  | 'exempt'
  | 'secret'
  /** So are digits in text: `password=1234`. */
  | 'password'
  /** A secret with a scheme in front, and all there is below. */
  | 'authorization'
  /** Secrets, and all there is below. */
  | 'cookie'
  /** Secret if it is a card number. */
  | 'card'
  /** A password in a connection string, and the shell's working folder. */
  | 'folder';

// Lower case without separators. A name is meant if it ends with one of them, from the start of a
// word on: `db_password`, `x-api-key`, `stripe.secretKey`, but neither `secretary` nor `max_tokens`.
const TERMS: Readonly<Partial<Record<NameKind, string>>> = {
  password:
    'password passwords passwd pwd passphrase passcode passwordhash dbpass userpass smtppass ' +
    'mailpass emailpass redispass mysqlpass pgpass postgrespass mongopass adminpass rootpass ' +
    'proxypass authpass',
  secret:
    'secret clientsecret secrets secretkey apikey apikeys apisecret privatekey accesskey ' +
    'accesskeyid accesskeysecret secretaccesskey encryptionkey signingkey masterkey accountkey ' +
    'sharedaccesskey subscriptionkey appkey applicationkey authkey deploykey sshkey servicekey ' +
    'jwt bearer accesstokens refreshtokens authtokens apitokens sessiontokens amzsignature ' +
    'googsignature cvv cvc cvv2',
  authorization: 'authorization',
  cookie: 'cookie cookies credential credentials',
  card: 'card cardnumber cardno creditcard debitcard creditcardnumber ccnumber ccnum pan',
};

// Long enough to mean the same in the middle of a word: `dbpassword`, `myapikey`.
const UNMISTAKABLE: readonly (readonly [term: string, kind: NameKind])[] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['passphrase', 'password'],
  ['apikey', 'secret'],
  ['secretkey', 'secret'],
  ['privatekey', 'secret'],
  ['accesstoken', 'secret'],
  ['refreshtoken', 'secret'],
  ['sessiontoken', 'secret'],
  ['clientsecret', 'secret'],
];

// In front of `token`, where it is one of text, of a page or of a protocol; all others are secrets.
const HARMLESS_TOKENS =
  'next page continuation sync cursor pad eos bos unk sep mask cls stop start end special cancel ' +
  'cancellation first last unexpected expected current previous prev lookahead delimiter ' +
  'punctuation max min input output total prompt completion cached reasoning per each design';

/** Variables of every process of a shell: `console.log(process.env)`. */
const FOLDERS = ['PWD', 'OLDPWD'];

const MAX_NAME_LENGTH = 128;

const word = new Pattern('\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?[\\p{Ll}\\p{Lo}]+', 'gu');
const kinds = kindsOfTerms();
const harmlessTokens = new Map<unknown, unknown>(
  HARMLESS_TOKENS.split(' ').map(token => [token, true]),
);

export interface NameOptions {
  /** Names, beside the known ones, whose strings are secrets. */
  readonly keys: readonly string[];
  /** Names, as a whole, to leave alone. */
  readonly allowedKeys: readonly string[];
}

/** Tells by its name whether a string is a secret. */
export class SecretNames {
  readonly #own = newMap();
  readonly #allowed = newMap();

  constructor({ keys, allowedKeys }: NameOptions) {
    // Whose values may well be digits.
    for (let i = 0; i < keys.length; i++) mapSet(this.#own, joinedWords(keys[i]!), 'password');
    for (let i = 0; i < allowedKeys.length; i++) {
      mapSet(this.#allowed, joinedWords(allowedKeys[i]!), true);
    }
  }

  kindOf(name: string): NameKind {
    const tail = name.length > MAX_NAME_LENGTH ? sliceText(name, -MAX_NAME_LENGTH) : name;
    const words = wordsOf(tail);
    let ending = '';
    let kind: NameKind | undefined;
    for (let i = words.length - 1; i >= 0; i--) {
      ending = words[i]! + ending;
      kind ??= (mapGet(this.#own, ending) ?? mapGet(kinds, ending)) as NameKind | undefined;
    }
    if (mapHas(this.#allowed, ending)) return 'exempt';
    if (kind === 'password' && isFolder(tail)) return 'folder';
    if (kind !== undefined) return kind;
    return isToken(words) ? 'secret' : unmistakable(ending);
  }
}

function kindsOfTerms(): Map<unknown, unknown> {
  const found = newMap();
  for (const [kind, terms] of Object.entries(TERMS)) {
    for (const term of terms.split(' ')) found.set(term, kind);
  }
  return found;
}

function isFolder(name: string): boolean {
  for (let i = 0; i < FOLDERS.length; i++) if (FOLDERS[i] === name) return true;
  return false;
}

function isToken(words: readonly string[]): boolean {
  if (words[words.length - 1] !== 'token') return false;
  return words.length === 1 || !mapHas(harmlessTokens, words[words.length - 2]);
}

// Digits count for nothing: `password2`, `oauth2Token`.
function wordsOf(name: string): string[] {
  const words: string[] = [];
  for (let match = word.exec(name, 0); match !== null; ) {
    words[words.length] = toLowerCase(match[0]);
    match = word.exec(name, endOf(match));
  }
  return words;
}

function joinedWords(name: string): string {
  const words = wordsOf(name);
  let joined = '';
  for (let i = 0; i < words.length; i++) joined += words[i];
  return joined;
}

function unmistakable(joined: string): NameKind {
  for (let i = 0; i < UNMISTAKABLE.length; i++) {
    const entry = UNMISTAKABLE[i]!;
    if (endsWith(joined, entry[0])) return entry[1];
  }
  return 'plain';
}
