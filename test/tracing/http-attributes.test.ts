import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  absoluteUrl,
  addressAttributes,
  errorType,
  methodAttributes,
  methodName,
  withoutSecrets,
} from '../../src/tracing/http-attributes.js';

const test = suite('tracing/http-attributes');

const URLS: Readonly<Record<string, string>> = {
  'http://h/p?a=1&b=2': 'http://h/p?a=1&b=2',
  'http://user:pass@h/p': 'http://REDACTED:REDACTED@h/p',
  'http://user:p@ss@h/p': 'http://REDACTED:REDACTED@h/p',
  'http://user@h/p@q': 'http://REDACTED:REDACTED@h/p@q',
  'http://h/p@q?x=@': 'http://h/p@q?x=@',
  '/p?token=abc&b=2': '/p?token=REDACTED&b=2',
  '/p?b=2&API_KEY=abc#f': '/p?b=2&API_KEY=REDACTED#f',
  '/p?X-Amz-Signature=abc&sig=d': '/p?X-Amz-Signature=REDACTED&sig=REDACTED',
  '/p?tokens=3&monkey=1': '/p?tokens=3&monkey=1',
};
for (const [url, shown] of Object.entries(URLS)) {
  test(`${url} is shown as ${shown}`, () => {
    assert.is(withoutSecrets(url), shown);
  });
}

for (const [target, url] of [
  ['/p?a=1', 'http://h:80/p?a=1'],
  ['?a=1', 'http://h:80?a=1'],
  ['', 'http://h:80'],
  ['*', 'http://h:80/*'],
  ['example.com:443', 'http://h:80/example.com:443'],
  ['http://other/p', 'http://other/p'],
] as const) {
  test(`${target || 'nothing'} asked of http://h:80 is ${url}`, () => {
    assert.is(absoluteUrl('http://h:80', target), url);
  });
}

for (const [host, scheme, address, port] of [
  ['h', 'http', 'h', 80],
  ['h', 'https', 'h', 443],
  ['h:8080', 'https', 'h', 8080],
  ['[::1]:8080', 'http', '::1', 8080],
  ['[::1]', 'http', '::1', 80],
] as const) {
  test(`${scheme} to ${host} is to ${address}, port ${port}`, () => {
    const expected = { 'server.address': address, 'server.port': port };

    assert.equal(addressAttributes(host, scheme), expected);
    assert.equal(addressAttributes(host, scheme), expected, 'and the second time');
  });
}

test('a host that is none says nothing', () => {
  assert.equal(addressAttributes('', 'http'), {});
  assert.equal(addressAttributes('a:b:c', 'http'), {});
});

test('a method nobody knows is no name', () => {
  assert.equal(methodAttributes('GET'), { 'http.request.method': 'GET' });
  assert.equal(methodAttributes('BREW'), {
    'http.request.method': '_OTHER',
    'http.request.method_original': 'BREW',
  });
  assert.equal([methodName('PUT'), methodName('BREW')], ['PUT', 'HTTP']);
});

test('an error is named by its code, else by its name', () => {
  assert.is(errorType(Object.assign(new Error('x'), { code: 'ECONNRESET' })), 'ECONNRESET');
  assert.is(errorType(new TypeError('x')), 'TypeError');
  for (const value of [undefined, null, 'text', {}, { code: 7 }]) {
    assert.is(errorType(value), '_OTHER');
  }
});

test.run();
