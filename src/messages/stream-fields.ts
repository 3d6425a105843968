import { CARRIER_KEYS, type Carrier } from '../propagation/carrier.js';

type Arguments = readonly unknown[];

/**
 * The arguments of `XADD` with one more pair for each part of the carrier. As they were, where the
 * program names one of these itself, or no pair at all: then Redis says so.
 * https://redis.io/docs/latest/commands/xadd/
 */
export function addFields(args: Arguments, carrier: Carrier): Arguments {
  const names = CARRIER_KEYS.filter(name => carrier[name] !== undefined);
  if (firstPairAt(args) >= args.length || names.some(name => args.some(arg => isText(arg, name)))) {
    return args;
  }
  return [...args, ...names.flatMap(name => [name, carrier[name]])];
}

// `key [NOMKSTREAM] [MAXLEN|MINID [=|~] threshold [LIMIT count]] id field value …`
function firstPairAt(args: Arguments): number {
  let at = 1;
  for (;;) {
    const word = args[at];
    switch (typeof word === 'string' ? word.toUpperCase() : undefined) {
      case 'MAXLEN':
      case 'MINID':
        at += isText(args[at + 1], '=') || isText(args[at + 1], '~') ? 3 : 2;
        break;
      case 'LIMIT':
        at += 2;
        break;
      case 'NOMKSTREAM':
      case 'KEEPREF':
      case 'DELREF':
      case 'ACKED':
        at++;
        break;
      default:
        return at + 1;
    }
  }
}

// Of other objects nothing is asked: they might be the program's own, with a `toString()`.
function isText(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text;
  return Buffer.isBuffer(value) && value.length === text.length && value.toString() === text;
}
