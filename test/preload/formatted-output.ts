import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf } from '../helpers/collector.js';
import { type RunOptions, type RunResult, runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

export type JsonLine = Readonly<Record<string, unknown>>;

export interface FormattedRun extends RunResult {
  readonly out: string;
  readonly err: string;
  readonly records: readonly ReceivedLog[];
}

/** Runs a program given as text (CommonJS), or by its name in test/fixtures, with a format set. */
export async function runFormatted(
  program: string,
  format: 'json' | 'console' | undefined,
  options: RunOptions = {},
): Promise<FormattedRun> {
  const collector = await createReceiver();
  try {
    const isFixture = /^\S+\.[cm]js$/.test(program);
    const result = await runNode({
      ...(isFixture ? { script: program } : { args: ['-e', program] }),
      ...options,
      env: { OTEL_REGISTER_LOG_FORMAT: format, ...options.env, ...endpointOf(collector) },
    });
    const { stdout, stderr } = result;
    return { ...result, out: `${stdout}`, err: `${stderr}`, records: [...collector.records] };
  } finally {
    await collector.close();
  }
}

/** Every line of the output; one that is no JSON object fails the test. */
export function parseLines(output: string): JsonLine[] {
  if (output === '') return [];
  assert.ok(output.endsWith('\n'), 'the last line is ended');
  return output.slice(0, -1).split('\n').map(parseLine);
}

function parseLine(line: string): JsonLine {
  // What acts on a terminal, or ends a line for somebody, must not be there raw.
  assert.not.match(line, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
  const parsed: unknown = JSON.parse(line);
  assert.ok(typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed), line);
  return parsed as JsonLine;
}

/** A line as tests compare it: level, message, and what else is in it but time and call site. */
export function said(line: JsonLine): readonly [level: unknown, message: unknown, rest?: object] {
  const { timestamp, level, message, ...others } = line;
  const rest = withoutCallSite(others);
  assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  return Object.keys(rest).length > 0 ? [level, message, rest] : [level, message];
}

function withoutCallSite(line: JsonLine): JsonLine {
  return Object.fromEntries(Object.entries(line).filter(([key]) => !key.startsWith('code.')));
}
