import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONSOLE_METHODS } from '../../src/console/methods.js';
import { READY_MADE_NAMES } from '../../src/rules/source.js';
import { LEVEL_NAMES } from '../../src/severity.js';
import { callSite, consoleRecord, documentOf, readText, rulesOf } from './rules-of.js';

const test = suite('rules/documentation');

const page = read('docs/rules.md');
const schema = JSON.parse(read('src/rules/file/rules.schema.json'));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** By heading: the first example under it. */
const examples = new Map(
  [...page.matchAll(/^##+ (.*)$\n([^#]*?)^```yaml\n([\s\S]*?)^```$/gm)].map(found => [
    found[1]!,
    found[3]!,
  ]),
);

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

test('there are examples', () => {
  assert.ok(examples.size >= 7, [...examples.keys()].join());
});

for (const [, text] of page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
  test(`the example ${JSON.stringify(text!.slice(0, 40))} has no mistake, and suits the schema`, () => {
    assert.equal(readText(text!).problems, []);

    const document = documentOf(text!);
    validate('value' in document ? document.value : undefined);
    assert.equal(validate.errors, null);
  });
}

test('the rules that the benchmark measures have no mistake', () => {
  assert.equal(readText(read('bench/rules/twenty.yaml')).problems, []);
});

test('the schema names the methods, levels and ready-made sets that there are', () => {
  const { method, level, readyMade } = schema.definitions;

  assert.equal(
    method.enum,
    CONSOLE_METHODS.map(({ name }) => name),
  );
  assert.equal(level.enum, LEVEL_NAMES);
  assert.equal(readyMade.enum, READY_MADE_NAMES);
});

for (const value of [
  { rule: [] },
  { level: 'loud' },
  { use: ['key-values'] },
  { rules: [{ match: { method: 'log' } }] },
  { rules: [{ mach: {}, drop: true }] },
  { rules: [{ match: { mesage: 'x' }, drop: true }] },
  { rules: [{ match: { method: 'logg' }, drop: true }] },
  { rules: [{ drop: false }] },
  { rules: [{ sample: 2 }] },
  { rules: [{ rateLimit: 0 }] },
  { rules: [{ add: { a: {} } }] },
  { rules: [{ extract: { pattern: '(?<a>x)', as: { a: 'date' } } }] },
]) {
  test(`the schema refuses ${JSON.stringify(value)}, as the program does`, () => {
    assert.is(validate(value), false);
    assert.is(readText(JSON.stringify(value)).problems.length, 1);
  });
}

/** What becomes of a call: its severity and attributes, or that it is not sent. */
const WORKED: readonly [heading: string, method: string, body: string, outcome: unknown][] = [
  ['Levels that are wrong', 'debug', 'Upload failed for a.png', 'ERROR {}'],
  ['Levels that are wrong', 'debug', 'Upload done', 'DEBUG {}'],
  ['Levels that are wrong', 'error', 'Falling back to CPU', 'WARN {}'],
  ['Levels that are wrong', 'warn', 'Worker crashed', 'ERROR {}'],
  ['Levels that are wrong', 'log', 'Polling for jobs', 'DEBUG {}'],
  ['Levels that are wrong', 'log', 'Job completed', 'INFO {}'],
  [
    'Ids that sit inside the text',
    'log',
    'Job workflow-123 completed for customer abc123 using comfyui service',
    'INFO {"job_id":"workflow-123","customer_id":"abc123","service_required":"comfyui","status":"completed"}',
  ],
  ['Ids that sit inside the text', 'log', 'Job 7 failed', 'ERROR {"job_id":"7","status":"failed"}'],
  ['Ids that sit inside the text', 'log', 'Rendering took 35 ms', 'INFO {"duration_ms":35}'],
  ['One module that is too loud', 'log', 'anything', undefined],
  ['One module that is too loud', 'warn', 'anything', 'WARN {}'],
  ['Noise', 'log', 'GET /healthz 200', undefined],
  ['Noise', 'log', 'GET /jobs 200', 'INFO {}'],
  [
    'One customer, in full',
    'debug',
    'Queueing for customer abc123',
    'DEBUG {"customer_id":"abc123"}',
  ],
  ['One customer, in full', 'debug', 'Queueing for customer xyz', undefined],
  ['One customer, in full', 'log', 'Queueing for nobody', 'INFO {}'],
];

for (const [heading, method, body, outcome] of WORKED) {
  test(`"${heading}": console.${method}('${body}') becomes ${outcome}`, () => {
    const rules = rulesOf(examples.get(heading)!, {
      findCallSite: () => callSite('/srv/app/src/poller/poll.js'),
    });
    const { severityNumber } = CONSOLE_METHODS.find(({ name }) => name === method)!;
    const record = consoleRecord({ method, body, severityNumber });
    record.severityText = LEVEL_NAMES[(severityNumber - 1) / 4]!.toUpperCase();

    const isKept = rules.apply(record);

    const { keys = [], values = [] } = record.attributes ?? {};
    const attributes = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
    assert.is(isKept ? `${record.severityText} ${JSON.stringify(attributes)}` : undefined, outcome);
  });
}

test.run();
