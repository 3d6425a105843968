import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields, logRecord, roundTrip } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';
import { random } from './corpus.js';
import { redacted } from './redacted.js';

const test = suite('redaction/records');

test('what is no string stays under any key', () => {
  const bytes = new Uint8Array([1, 2]);
  const values = { password: 1, secret: true, token: null, api_key: bytes, cookie: '', pwd: 2.5 };
  assert.equal(redacted(values), { ...values, api_key: Buffer.from(bytes) });
});

test('an object under a secret name is judged by its own names, one of cookies is secret whole', () => {
  const inner = () => fields({ kind: 'word', value: 'if', n: 1 });
  assert.equal(redacted({ token: inner(), cookies: inner() }), {
    token: { kind: 'word', value: 'if', n: 1 },
    cookies: { kind: '[REDACTED]', value: '[REDACTED]', n: 1 },
  });
});

test('digits under a name of cards are a secret if they can be a card number', () => {
  const values = { cardNumber: '4111111111111111', pan: '4111 1111 1111 1112', card: 'Visa' };
  assert.equal(redacted(values), { ...values, cardNumber: '[REDACTED]' });
});

test('a key that is a secret itself is replaced, and stays different from others', () => {
  const secret = `sk_${'live'}_${random(24)}`;
  const masked = `[REDACTED:${secret.slice(-4)}]`;
  assert.equal(redacted({ [secret]: 1, [masked]: 2, n: 3 }), {
    [`${masked}.2`]: 1,
    [masked]: 2,
    n: 3,
  });
});

test('a working folder stays, a password of that name does not', () => {
  const values = { PWD: '/srv/app', OLDPWD: '/', Uid: 'sa' };
  assert.equal(redacted({ env: fields(values) }), { env: values });
  assert.equal(redacted({ PWD: 'hunter2', pwd: '/srv' }), { PWD: '[REDACTED]', pwd: '[REDACTED]' });
});

test('what an argument of a command names is replaced, wherever it is in the list', () => {
  assert.equal(redacted({ argv: ['mysql', '--password', 'hunter2', '-u', 'ann1'] }), {
    argv: ['mysql', '--password', '[REDACTED]', '-u', 'ann1'],
  });
});

test('what attributes lose below a name, the text that was printed of them loses, too', () => {
  const object = {
    cookies: { sid: 'abc' },
    credentials: { of: { key: 'd' } },
    secrets: ['e', ['f']],
  };
  const nested = fields({
    cookies: fields({ sid: 'abc' }),
    credentials: fields({ of: fields({ key: 'd' }) }),
    secrets: ['e', ['f']],
  });
  const record = logRecord({ body: inspect(object), attributes: nested });
  createRedaction().record(record);
  const left = {
    cookies: { sid: '[REDACTED]' },
    credentials: { of: { key: '[REDACTED]' } },
    secrets: ['[REDACTED]', ['[REDACTED]']],
  };
  assert.equal(roundTrip(record).attributes, left);
  assert.is(
    roundTrip(record).body?.toString().replace(/\s+/g, ' '),
    inspect(left).replace(/\s+/g, ' '),
  );
});

test('names are added and left alone as configured, also in text', () => {
  const options = { keys: ['ssn', 'iban'], allowedKeys: ['session_token'] };
  const object = {
    customer_ssn: '123',
    sessionToken: 'abc',
    session_token: 'a',
    access_token: 'b',
    lessn: 'c',
  };
  assert.equal(redacted(object, options), {
    ...object,
    customer_ssn: '[REDACTED]',
    access_token: '[REDACTED]',
  });
  const { text } = createRedaction(options);
  assert.is(
    text('SSN=078051120, iban: "DE00", ssn: 078051120, my session_token=abcdef'),
    'SSN=[REDACTED], iban: "[REDACTED]", ssn: [REDACTED], my session_token=abcdef',
  );
});

test('patterns are added as configured, on texts of any length', () => {
  const options = { patterns: [/emp-\d+/y, /x*/g, /REDACTED/i] };
  assert.equal(redacted({ a: 'emp-1', b: 'an EMP-1 and emp-22' }, options), {
    a: '[REDACTED]',
    b: 'an EMP-1 and [REDACTED]',
  });
});

test('an exception loses the secret in type, message, stack and code alike', () => {
  const message = 'login with password=hunter2 failed\nat postgres://u:pw@db';
  const record = logRecord({
    body: `Error: ${message}`,
    exception: {
      type: 'Auth password=hunter2',
      message,
      stacktrace: `E: ${message}\n    at f (/a.js:1:2)`,
      code: 'x://a:b@c.d',
    },
  });
  createRedaction().record(record);

  const left = 'login with password=[REDACTED] failed\nat postgres://u:[REDACTED]@db';
  assert.equal(record.exception, {
    type: 'Auth password=[REDACTED]',
    message: left,
    stacktrace: `E: ${left}\n    at f (/a.js:1:2)`,
    code: 'x://a:[REDACTED]@c.d',
  });
  assert.is(record.body, `Error: ${left}`);
});

test('a place in the program loses what its name holds', () => {
  const callSite = { file: 'https://u:hunter2@cdn/a.js', line: 1, column: 2, functionName: 'f' };
  const record = logRecord({ callSite });
  createRedaction().record(record);
  assert.equal(record.callSite, { ...callSite, file: 'https://u:[REDACTED]@cdn/a.js' });
});

test('a secret by its name stays one under the name that a rule gives it', () => {
  const attributes = fields({ a: 1, pw: 'abc', s: 'def', list: ['ghi'] });
  const formerKeys = [undefined, 'password', 'session_token', 'api_keys'];
  const record = logRecord({ attributes, formerKeys });
  createRedaction({ allowedKeys: ['session_token'] }).record(record);
  assert.equal(roundTrip(record).attributes, {
    a: 1,
    pw: '[REDACTED]',
    s: 'def',
    list: ['[REDACTED]'],
  });
});

test('a short key with a number is a secret if a pattern says so', () => {
  const options = { patterns: [/CUST-\d{6}/] };
  const object = () => ({ 'CUST-123456': 1, n: fields({ 'CUST-654321': true, ok: 1 }) });
  assert.equal(redacted(object(), options), {
    '[REDACTED]': 1,
    n: { '[REDACTED]': true, ok: 1 },
  });
  assert.equal(redacted(object()), { 'CUST-123456': 1, n: { 'CUST-654321': true, ok: 1 } });
});

test('a body of fields is looked through', () => {
  const record = logRecord({ body: fields({ password: 'abc', list: ['pwd=hunter2'] }) });
  createRedaction().record(record);
  assert.equal(roundTrip(record).body, { password: '[REDACTED]', list: ['pwd=[REDACTED]'] });
});

test('a record that cannot be looked through is sent without its texts', () => {
  const hostile = {
    get keys(): string[] {
      throw new RangeError('stack');
    },
  };
  const record = logRecord({
    body: 'pwd=hunter2',
    attributes: hostile as never,
    exception: { type: 'E', message: 'pwd=a' },
  });
  createRedaction().record(record);
  assert.not.match(JSON.stringify(record), /hunter2|pwd/);
  assert.is(record.exception?.type, 'E');
});

test('many different keys are judged right, before and after the first are forgotten', () => {
  const { fields: redact } = createRedaction();
  for (let n = 0; n < 20_000; n++) {
    const attributes = fields({ [`key_${n}`]: 'abc', [`n${n}.password`]: 'abc' });
    redact(attributes);
    if (attributes.values[0] !== 'abc' || attributes.values[1] !== '[REDACTED]')
      assert.unreachable();
  }
});

test.run();
