import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scriptOrigin } from '../../src/call-sites/script-origin.js';

const test = suite('call-sites/script-origin');

for (const [name, path] of [
  ['/srv/app/a.js', '/srv/app/a.js'],
  ['file:///srv/app/a%20b.mjs', '/srv/app/a b.mjs'],
  ['file:///srv/app/a.mjs?v=1#x', '/srv/app/a.mjs'],
  ['file:///srv/a%2fb.mjs', 'file:///srv/a%2fb.mjs'],
  ['data:text/javascript,console.error("secret")', 'data:text/javascript'],
  ['https://example.test/a.mjs', 'https://example.test/a.mjs'],
  ['webpack://app/./src/a.js', 'webpack://app/./src/a.js'],
  ['[eval]', '[eval]'],
] as const) {
  test(`${name} is named ${path}`, () => {
    const origin = scriptOrigin(name);

    assert.is(origin.path, path);
    assert.ok(origin.isApplication);
  });
}

for (const name of ['node:internal/timers', 'node:events']) {
  test(`${name} is not the application's`, () => {
    assert.not(scriptOrigin(name).isApplication);
  });
}

test('the same script has the same origin, also after many others', () => {
  const first = scriptOrigin('/srv/app/same.js');
  assert.is(scriptOrigin('/srv/app/same.js'), first);

  for (let i = 0; i < 5_000; i++) scriptOrigin(`/srv/app/${i}.js`);

  assert.equal(scriptOrigin('/srv/app/same.js'), first);
  assert.is.not(scriptOrigin('/srv/app/same.js'), first);
});

test('a name without end is cut', () => {
  assert.ok(scriptOrigin(`/srv/${'x'.repeat(100_000)}`).path.length <= 4096);
});

test.run();
