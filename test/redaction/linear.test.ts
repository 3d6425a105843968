import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withoutCutSecret } from '../../src/redaction/cut-secrets.js';
import { createRedaction } from '../helpers/redaction.js';

const test = suite('redaction/linear');
const redaction = createRedaction();

const LENGTH = 64 * 1024;
const SHARE = 8;
/** In proportion it is 8, squared 64: memory that has to be collected lies between. */
const MAX_RATIO = 40;
const ROUNDS = 5;
/** A busy machine disturbs one, what is squared fails all. */
const ATTEMPTS = 5;
/** Below it the clock and its surroundings are what is measured. */
const MIN_MS = 0.05;

const UNITS = [
  ...['sk-', 'eyJ', 'eyJaaaaaaaaaa.', 'eyJaaaaaaaaaa.aaaa.', 'http://a:', 'http://a:b', '://a:b@'],
  ...[
    '@',
    'a@',
    ':a@',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----(',
    '-----BEGIN ',
    '-----END ',
    'Bearer ',
    'Bearer a',
  ],
  ...[
    'Basic ',
    'Basic aaaaaaaa ',
    'password',
    'password=',
    'password="',
    "password='",
    'password:"\\"',
  ],
  ...[
    'password=\\"',
    'card="',
    'cookies: { ',
    '"cookies":["a",',
    'cookies: \\"',
    "secrets: [ '",
    'secrets: [ {',
    '"card":["',
    'token = ',
    'a b ',
    'a.b-',
    ':',
    '=',
    '\\',
    '\\"',
    '"',
    '4111 ',
  ],
  ...[
    '4111-',
    '4111 1111 1111 1112 ',
    '1',
    '1 ',
    'xoxb-',
    'AKIA',
    'AIza',
    'whsec_',
    'sk_live_',
    'gh',
    'ghp_',
  ],
  ...['github_pat_', 'npm_', 'SG.', 'SG.aaaaaaaaaaaaaaaa.', 'cookie: a=b; ', 'cookie: a', 'a=b; '],
  ...[
    'Authorization: Digest a=',
    'Authorization: Bearer ',
    '[REDACTED]',
    '%20',
    '\u001b[31m',
    '\\n',
    ' ',
    '\n',
  ],
  ...[
    'hooks.slack.com/services/a/b/',
    'https://discord.com/api/webhooks/1/',
    'sk-proj-',
    'aA1',
    '終',
    "'a','",
    "'token','",
    "'token',\\'",
    "'token',\u001b[1m'\\'",
    '\\"token\\",',
    'token\u001b[1m:\u001b[1m ',
    "token: \u001b[1m'",
  ],
];

for (const unit of UNITS) {
  for (const [where, first, redact] of [
    ['repeated', '', redaction.text],
    ['behind a secret', 'password=hunter2 api_key:"x" eyJ4111 Bearer @', redaction.text],
    ['where it was cut', '', withoutCutSecret],
  ] as const) {
    test(`${JSON.stringify(unit)} ${where} takes time in proportion`, () => {
      const part = first + unit.repeat(LENGTH / SHARE / unit.length);
      const whole = first + unit.repeat(LENGTH / unit.length);
      let ratio = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < ATTEMPTS && ratio >= MAX_RATIO; attempt++) {
        ratio = leastMs(whole, redact) / Math.max(leastMs(part, redact), MIN_MS);
      }

      assert.ok(ratio < MAX_RATIO, `${ratio.toFixed(1)} times as long`);
    });
  }
}

function leastMs(text: string, redact: (text: string) => string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    redact(text);
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}

test.run();
