import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { REPOSITORY } from '../helpers/repository.js';
import { recordsOf } from '../preload/console-records.js';
import { winstonPage } from './winston-page.js';
import { PRELUDE, SECTIONS, type WinstonShape } from './winston-shapes.js';

const test = suite('winston/shapes');

const shapes = SECTIONS.flatMap(section => section.shapes);
// What comes in one request is grouped by scope.
const records = [...(await recordsOf(program()))].sort((a, b) =>
  Number(a.timeUnixNano - b.timeUnixNano),
);

for (const [index, shape] of shapes.entries()) {
  const { call, options = '', record } = shape;
  test(`${call} of { ${options} } is ${record === undefined ? 'no record' : 'its record'}`, () => {
    const found = ownRecords(index).map(seen);

    assert.equal(found, record === undefined ? [] : [expected(shape)]);
  });
}

// A line of the console before each tells them apart.
function program(): string {
  const blocks = shapes.map(({ options = '', call }, index) => {
    const own = options.includes('transports:') ? options : `transports: [output], ${options}`;
    return `console.log('shape ${index}'); { const logger = createLogger({ ${own} }); ${call}; }`;
  });
  return `
const nowhere = new (require('node:stream').Writable)({ write: (chunk, encoding, done) => done() });
nowhere.setMaxListeners(0);
${PRELUDE.replace(/^const output.*$/m, '')}
Object.defineProperty(globalThis, 'output', { get: () => new transports.Stream({ stream: nowhere }) });
${blocks.join('\n')}
console.log('shape ${shapes.length}');`;
}

function ownRecords(index: number): readonly ReceivedLog[] {
  const from = records.findIndex(({ body }) => body === `shape ${index}`);
  const to = records.findIndex(({ body }) => body === `shape ${index + 1}`);
  assert.ok(from !== -1 && to !== -1);
  return records.slice(from + 1, to).filter(({ scope }) => scope.name === 'winston');
}

function seen({ severityText, body, attributes }: ReceivedLog): unknown {
  const others = Object.entries(attributes).filter(([key]) => !/^(?:code|exception)\./.test(key));
  const type = attributes['exception.type'];
  const exception =
    type === undefined ? undefined : { type, message: attributes['exception.message'] };
  return { severity: severityText, body, attributes: Object.fromEntries(others), exception };
}

function expected({ record }: WinstonShape): unknown {
  const { severity = 'INFO', body, attributes = {}, exception } = record!;
  return { severity, body, attributes, exception };
}

test('docs/winston.md shows these tables', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/winston.md'), 'utf8');
  assert.ok(page === winstonPage(), 'Run "node scripts/winston-table.mjs".');
});

test.run();
