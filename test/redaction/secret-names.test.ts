import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';
import { redacted } from './redacted.js';

const test = suite('redaction/secret-names');

const SECRET_KEYS = [
  ...[
    'password',
    'Password',
    'PASSWORD',
    'passwd',
    'pwd',
    'dbPassword',
    'db_password',
    'password2',
  ],
  ...['userpassword', 'passphrase', 'password_hash', 'secret', 'client_secret', 'clientSecret'],
  ...['client-secret', 'client.secret', 'secretKey', 'authorization', 'Authorization'],
  ...['proxy-authorization', 'req.headers.authorization', 'cookie', 'set-cookie', 'Set-Cookie'],
  ...[
    'api_key',
    'apiKey',
    'APIKey',
    'apikey',
    'api-key',
    'x-api-key',
    'X-API-KEY',
    'openai.api.key',
  ],
  ...['access_token', 'accessToken', 'refresh_token', 'idToken', 'session_token', 'csrfToken'],
  ...[
    'token',
    'GITHUB_TOKEN',
    'x-vault-token',
    'private_key',
    'privateKey',
    'aws_secret_access_key',
  ],
  ...['accountKey', 'signing_key', 'encryptionKey', 'jwt', 'credentials', 'dbPass', 'cvv'],
];

const HARMLESS_KEYS = [
  ...[
    'max_tokens',
    'token_count',
    'tokenizer',
    'secretary',
    'tokens',
    'total_tokens',
    'next_page_token',
  ],
  ...['nextToken', 'eos_token', 'stop_token', 'cancellationToken', 'token_type', 'key', 'keys'],
  ...['public_key', 'primaryKey', 'keyboard', 'monkey', 'password_changed_at', 'passwordReset'],
  ...[
    'secret_name',
    'cookies_enabled',
    'cookieConsent',
    'passenger',
    'compass',
    'passed',
    'author',
  ],
  ...[
    'authorized',
    'session_id',
    'request_id',
    'card_type',
    'discard',
    'company',
    'lapwd',
    'api',
    '',
  ],
];

for (const key of SECRET_KEYS) {
  test(`a string under ${key} is replaced whole, at any depth`, () => {
    assert.equal(redacted({ [key]: 'abc' }), { [key]: '[REDACTED]' });
    assert.equal(redacted({ a: fields({ [key]: 'abc', n: 1 }) }), {
      a: { [key]: '[REDACTED]', n: 1 },
    });
    assert.equal(redacted({ a: [fields({ [key]: ['x', 'y'] })] }), {
      a: [{ [key]: ['[REDACTED]', '[REDACTED]'] }],
    });
  });
}

// A JSON web token is known by its shape.
for (const key of SECRET_KEYS.filter(name => name !== 'jwt')) {
  test(`what ${key} introduces in text is replaced`, () => {
    const { text } = createRedaction();
    assert.is(text(`x ${key}=abcdef1`), `x ${key}=[REDACTED]`);
    assert.is(text(`{"${key}":"abcdef"}`), `{"${key}":"[REDACTED]"}`);
    assert.is(text(`{ '${key}': 'a', n: 1 }`), `{ '${key}': '[REDACTED]', n: 1 }`);
    assert.is(text(`x ${key}: abcdef1 y`), `x ${key}: [REDACTED] y`);
  });
}

for (const key of HARMLESS_KEYS) {
  test(`a string under "${key}" stays`, () => {
    assert.equal(redacted({ [key]: 'abc def' }), { [key]: 'abc def' });
  });
}

test.run();
