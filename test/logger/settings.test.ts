import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonLines, runLogger } from './logger-program.js';

const test = suite('logger/settings');

const ALL = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];
const SAY_ALL = `
  const levels = ${JSON.stringify(ALL)};
  for (const level of levels) logger[level](level);
`;

const cases: readonly (readonly [env: string | undefined, option: string, least: string])[] = [
  [undefined, '', 'info'],
  [undefined, "{ level: 'warn' }", 'warn'],
  ['http', '', 'http'],
  ['DEBUG', '', 'debug'],
  ['debug', "{ level: 'warn' }", 'debug'],
  ['trace', '', 'silly'],
  ['warning', '', 'warn'],
  ['critical', '', 'error'],
  ['', "{ level: 'verbose' }", 'verbose'],
];
for (const [env, option, least] of cases) {
  test(`LOG_LEVEL=${env} and createLogger(${option}) log ${least} and above`, async () => {
    const program = `const logger = createLogger(${option});${SAY_ALL}`;
    const { stdout, stderr } = await runLogger(program, { env: { LOG_LEVEL: env } });
    const printed = [...jsonLines(stderr), ...jsonLines(stdout)].map(({ level }) => level);
    assert.equal(printed, ALL.slice(0, ALL.indexOf(least) + 1));
  });
}

for (const [name, says] of [
  ['LOG_LEVEL', 'LOG_LEVEL "loud" is not one of error, warn, info'],
  ['LOG_FORMAT', 'LOG_FORMAT "loud" is not json or console; using json'],
] as const) {
  test(`${name} with a value nobody knows is said, and the default used`, async () => {
    const { stdout, stderr } = await runLogger("createLogger().info('Hello');", {
      env: { [name]: 'loud' },
    });
    assert.ok(String(stderr).includes(says), String(stderr));
    assert.equal(jsonLines(stdout), [{ level: 'info', message: 'Hello' }]);
  });
}

test('without winston it says what to install', async () => {
  const { code, stderr } = await runLogger('createLogger();', { packages: [] });
  assert.is(code, 1);
  assert.match(String(stderr), /needs winston 3, which is not installed\.\nRun "npm install/);
});

test('importing it needs no winston yet', async () => {
  const { code } = await runLogger('', { packages: [] });
  assert.is(code, 0);
});

test.run();
