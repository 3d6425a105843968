import { inspect, stripVTControlCharacters } from 'node:util';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';
import { type ConsoleShape, type LoggedError, PRELUDE } from './console-shapes.js';

export interface SeenShape {
  /** As the table describes it. */
  readonly record: {
    readonly severity: string;
    readonly body: unknown;
    readonly attributes: object;
    readonly exception: LoggedError | undefined;
  };
  /** Words that were printed, and are not in the record as often. */
  readonly unsaid: readonly string[];
}

const END_OF_CALL = '\u0000';
const FRAMES = /(?:\n +at .*?:\d+:\d+\)?)+/g;
const WORD = /[\p{L}\p{N}_]+/gu;

/** Makes all these calls in one program. */
export async function runShapes(shapes: readonly ConsoleShape[]): Promise<SeenShape[]> {
  const collector = await createReceiver();
  try {
    const { code, stdout, stderr } = await runNode({
      args: ['-e', programOf(shapes)],
      env: {
        ...endpointOf(collector),
        OTEL_REGISTER_CALL_SITES: 'off',
        OTEL_REGISTER_REDACT: 'off',
      },
    });
    assert.is(code, 0, stderr.toString());
    const out = stdout.toString().split(END_OF_CALL);
    const err = stderr.toString().split(END_OF_CALL);
    assert.is(collector.records.length, shapes.length, 'one record for each call');
    return collector.records.map((record, index) => {
      assert.equal(record.repeatedKeys, [], 'OTLP forbids repeated keys');
      return { record: describe(record), unsaid: unsaidOf(out[index]! + err[index]!, record) };
    });
  } finally {
    await collector.close();
  }
}

// A stack of one frame: of longer ones Node leaves out what a cause has in common.
function programOf(shapes: readonly ConsoleShape[]): string {
  const end = `process.stdout.write('\\0'); process.stderr.write('\\0');`;
  const calls = shapes.map(({ call }) => `{ ${call}; ${end} }`);
  return ['Error.stackTraceLimit = 1;', PRELUDE, ...calls].join('\n');
}

function describe({ severityText, body, attributes }: ReceivedLog): SeenShape['record'] {
  const {
    'log.iostream': _,
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stacktrace,
    ...rest
  } = attributes;
  return {
    severity: severityText,
    body: steady(body),
    attributes: steady(rest) as object,
    exception:
      type === undefined
        ? undefined
        : (steady({ type, message, stacktrace }) as unknown as LoggedError),
  };
}

/** Without what differs from run to run. */
function steady(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(FRAMES, '\n    at …').replace(/[\d.]+ms/g, '…ms');
  }
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'duration_ms' ? '…' : steady(item)]),
  );
}

/**
 * Each word of the output has to be somewhere in the record, and as often. Attributes are written down
 * as the console writes fields; what is not a letter or a digit is punctuation, and may differ.
 */
function unsaidOf(printed: string, record: ReceivedLog): string[] {
  const { 'log.iostream': _, 'log.template': __, ...attributes } = record.attributes;
  const said = wordsOf(
    [record.severityText, record.body, inspect(attributes, { depth: null, compact: true })].join(
      ' ',
    ),
  );
  return wordsOf(stripVTControlCharacters(printed)).filter(word => {
    const at = said.indexOf(word);
    if (at === -1) return true;
    said.splice(at, 1);
    return false;
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
