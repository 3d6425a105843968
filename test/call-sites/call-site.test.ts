import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CallSite, findCallSite } from '../../src/call-sites/call-site.js';
import { LOGGER_PACKAGES } from '../../src/call-sites/logger-packages.js';
import { noteCallSite } from '../../src/call-sites/note-call-site.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('call-sites/call-site');

const HERE = fileURLToPath(import.meta.url);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'otel-register-loggers-')));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** A module that calls what it is given, from its line 2. */
function caller(path: string): (callee: () => unknown) => unknown {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'module.exports = function log(callee) {\n  return callee();\n};\n');
  return createRequire(file)(file);
}

const fromApplication = caller('app/log.cjs');

test('the nearest frame is told by file, line, column and function', () => {
  const site = (function logs() {
    return findCallSite();
  })();

  assert.is(site?.file, HERE);
  assert.is(site?.functionName, 'logs');
  assert.ok(site!.line > 20 && site!.column > 1);
});

test('what is above the callee is not looked at', () => {
  const callee = () => findCallSite(callee);

  const site = fromApplication(callee) as CallSite;

  const functionName = 'log';
  assert.equal(site, { file: join(folder, 'app/log.cjs'), line: 2, column: 10, functionName });
});

test('a callee that has returned leads nowhere', () => {
  const over = () => {};
  over();

  assert.is(findCallSite(over), undefined);
});

for (const name of LOGGER_PACKAGES) {
  const path = name.endsWith('/') ? `${name}node` : name;
  test(`frames of ${path} are passed over, nested ones and others' files too`, () => {
    const direct = caller(`node_modules/${path}/index.cjs`);
    const nested = caller(`node_modules/other/node_modules/${path}/lib/deep/log.cjs`);
    const callee = () => findCallSite(callee);

    const site = fromApplication(() => direct(() => nested(callee))) as CallSite;

    assert.is(site.file, HERE);
  });
}

for (const path of [
  'node_modules/express/index.cjs',
  'node_modules/winston-like/index.cjs',
  'node_modules/@scope/winston/index.cjs',
  'node_modules/winston/node_modules/express/index.cjs',
  'winston/index.cjs',
  'my_node_modules.cjs',
]) {
  test(`${path} is no logger`, () => {
    const callee = () => findCallSite(callee);

    const site = caller(path)(callee) as CallSite;

    assert.is(site.file, join(folder, path));
  });
}

const noted = (described: object) => {
  const record = logRecord(described);
  noteCallSite(record);
  return record.callSite;
};

test('a record that nobody logged gets none, one that says its own neither', () => {
  assert.is(noted({ callee: null }), undefined);
  assert.is(noted({ attributes: fields({ 'code.function.name': 'own' }) }), undefined);
  assert.is(noted({ attributes: fields({ coded: 1 }) })?.file, HERE);
});

test('a call site that is known is not looked for again', () => {
  const callSite = { file: 'x', line: 1, column: 1, functionName: undefined };

  assert.is(noted({ callSite }), callSite);
});

test.run();
