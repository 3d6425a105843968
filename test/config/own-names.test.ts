import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/own-names');

/** The variables looked up when none is set: all of them, as none outranks another. */
function namesRead(): string[] {
  const names = new Set<string>();
  readConfig(
    new Proxy<NodeJS.ProcessEnv>(
      {},
      {
        get(_, name) {
          names.add(String(name));
          return undefined;
        },
      },
    ),
  );
  return [...names];
}

test('docs/configuration.md names every variable that is read', () => {
  const docs = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');

  const missing = namesRead().filter(name => !docs.includes(`\`${name}\``));

  assert.equal(missing, []);
});

test('docs/configuration.md names no OTEL_REGISTER_ variable that is not read', () => {
  const docs = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const read = namesRead();

  const documented = docs.match(/\bOTEL_REGISTER_[A-Z_]+/g) ?? [];

  assert.equal(
    documented.filter(name => !read.includes(name)),
    [],
  );
});

test('every OTEL_REGISTER_ variable that is read is a known name', () => {
  for (const name of namesRead().filter(name => name.startsWith('OTEL_REGISTER_'))) {
    assert.equal(readConfig({ [name]: '' }).problems, [], name);
  }
});

for (const name of ['CONTEXT', 'POOL_MAP']) {
  test(`OTEL_REGISTER_${name} of another release is not reported`, () => {
    assert.equal(readConfig({ [`OTEL_REGISTER_${name}`]: 'x' }).problems, []);
  });
}

for (const [name, nearest] of [
  ['BODDY', 'BODY'],
  ['body', 'BODY'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['MEMORY_BYTES', 'MAX_MEMORY_BYTES'],
  ['EXIT_TIMEOUT', 'EXIT_TIMEOUT_MS'],
  ['DIAGNOSTIC', 'DIAGNOSTICS'],
] as const) {
  test(`OTEL_REGISTER_${name} is told of OTEL_REGISTER_${nearest}`, () => {
    const { problems } = readConfig({ [`OTEL_REGISTER_${name}`]: 'secret' });

    assert.is(problems.length, 1);
    assert.match(problems[0]!, `OTEL_REGISTER_${name} is not a known setting and is ignored; `);
    assert.match(problems[0]!, `OTEL_REGISTER_${nearest} is the nearest`);
    assert.not.match(problems[0]!, 'secret');
  });
}

for (const name of ['FOO', '', 'X'.repeat(100_000)]) {
  test(`OTEL_REGISTER_${name.slice(0, 9)} is reported without a guess`, () => {
    const { problems } = readConfig({ [`OTEL_REGISTER_${name}`]: 'x' });

    assert.is(problems.length, 1);
    assert.match(problems[0]!, /^OTEL_REGISTER_X*F?O* is not a known setting and is ignored\.$/);
    assert.ok(problems[0]!.length < 200);
  });
}

test.run();
