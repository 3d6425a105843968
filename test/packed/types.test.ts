import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { installPackedPackage } from '../helpers/packed-package.js';
import { PACKAGE_NAME, REPOSITORY } from '../helpers/repository.js';

const test = suite('packed/types');

const TSC = join(REPOSITORY, 'node_modules/typescript/bin/tsc');

const modes = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'preserve', moduleResolution: 'bundler' },
];

const consumers = {
  'main.mts': `import '${PACKAGE_NAME}';\nawait import('${PACKAGE_NAME}');\n`,
  'main.cts': `import register = require('${PACKAGE_NAME}');\nvoid register;\n`,
  'api.mts': `import { flush, logContext, setLogContext, withLogContext } from '${PACKAGE_NAME}/api';
const n: number = withLogContext({ job_id: 'a', step: 1, gone: null }, () => 1);
setLogContext({ ok: true, big: 1n });
const fields: Record<string, string | number | boolean | bigint> = logContext();
const isFlushed: boolean = await flush({ timeoutMs: 100 });
void [n, fields, isFlushed];\n`,
  'logger.mts': `import { createLogger, type LoggerOptions } from '${PACKAGE_NAME}/logger';
const options: LoggerOptions = { name: 'a', level: 'http', fields: { pool: 'heavy' } };
createLogger(options).child({ job_id: 1 }).http('GET /', { status: 200 });\n`,
  'logger.cts': `import logger = require('${PACKAGE_NAME}/logger');\nlogger.createLogger().end();\n`,
  'api.cts': `import api = require('${PACKAGE_NAME}/api');\nvoid api.flush();\n`,
};

for (const mode of modes) {
  test(`importing and requiring it compiles with moduleResolution ${mode.moduleResolution}`, () => {
    const { status, output } = compile(mode, consumers);
    assert.is(output, '');
    assert.is(status, 0);
  });

  test(`naming an export it lacks fails with moduleResolution ${mode.moduleResolution}`, () => {
    const wrong = { 'main.mts': `import { start } from '${PACKAGE_NAME}';\nstart();\n` };
    // TS2305: no exported member. An unresolved package would be TS2307.
    assert.match(compile(mode, wrong).output, /error TS2305/);
  });
}

test('a value that no record carries fails to compile', () => {
  const wrong = {
    'main.mts': `import { setLogContext } from '${PACKAGE_NAME}/api';\nsetLogContext({ a: {} });\n`,
  };
  assert.match(compile(modes[0]!, wrong).output, /error TS2322/);
});

function compile(
  mode: Readonly<Record<string, string>>,
  sources: Readonly<Record<string, string>>,
): { status: number | null; output: string } {
  const folder = mkdtempSync(join(installPackedPackage(), 'consumer-'));
  try {
    const compilerOptions = {
      ...mode,
      target: 'es2022',
      strict: true,
      noEmit: true,
      types: [],
      noUncheckedSideEffectImports: true,
    };
    const config = { compilerOptions, files: Object.keys(sources) };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);

    const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', folder], {
      env: childEnvironment(),
      encoding: 'utf8',
    });
    return { status, output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.run();
