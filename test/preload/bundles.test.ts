import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rulesFile } from '../helpers/rules-file.js';
import { recordsOf } from './console-records.js';

// Rules and OpenTelemetry's logs API are bundles of their own, with classes of their own.
const test = suite('preload/bundles');

const API =
  "const { logs } = require('@opentelemetry/api-logs');\nconst logger = logs.getLogger('x');";

test('what the logs API nested in a record is in the trail as it was', async () => {
  const program = `${API}
    const bytes = new Uint8Array([1, 2]);
    logger.emit({
      severityNumber: 5,
      body: { in: { body: [{ deep: true }] } },
      attributes: { job: { id: 7, list: [1, { two: 2 }] }, bytes },
    });
    bytes.fill(9);
    console.error('boom')`;

  const [kept, error] = await recordsOf(program, {
    OTEL_REGISTER_TRAIL: 'debug',
    OTEL_REGISTER_LOG_LEVEL: 'warn',
  });

  assert.equal(kept!.body, { in: { body: [{ deep: true }] } });
  const { bytes, ...attributes } = kept!.attributes;
  assert.equal(attributes, { job: { id: 7, list: [1, { two: 2 }] }, 'log.trail': true });
  assert.equal(Buffer.from(bytes as Uint8Array), Buffer.from([1, 2]));
  assert.is(error!.body, 'boom');
});

const FIVE_LINES = "for (let i = 0; i < 5; i++) console.log('Progress');";
const ADDING = 'rules:\n  - match: { message: ^Progress }\n    add: { x: 1 }\n';

for (const [name, program, rules] of [
  ['lines a rule added an attribute to', FIVE_LINES, `${ADDING}    fold: true\n`],
  ['the same, folded by the variable', FIVE_LINES, ADDING],
  [
    'records of the logs API',
    `${API}\nfor (let i = 0; i < 5; i++) logger.emit({ body: 'same', attributes: { job: { id: 7 } } });`,
    undefined,
  ],
  [
    'records of the logs API that a rule changes',
    `${API}\nfor (let i = 0; i < 5; i++) logger.emit({ body: 'Progress', attributes: { job: { id: 7 } } });`,
    ADDING,
  ],
] as const) {
  test(`of ${name}, five in a row become two records`, async () => {
    const records = await recordsOf(program, {
      ...(rules !== undefined && { OTEL_REGISTER_RULES: rulesFile(rules) }),
      ...(rules?.includes('fold') !== true && { OTEL_REGISTER_FOLD: 'on' }),
    });

    assert.equal(
      records.map(({ attributes }) => attributes['log.repeated.count']),
      [undefined, 4],
    );
  });
}

test('records of the logs API that differ in a nested field alone stay apart', async () => {
  const program = `${API}
    for (let id = 0; id < 3; id++) logger.emit({ body: 'same', attributes: { job: { id } } });`;

  assert.is((await recordsOf(program, { OTEL_REGISTER_FOLD: 'on' })).length, 3);
});

test.run();
