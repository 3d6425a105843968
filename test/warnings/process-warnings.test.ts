import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('warnings/process-warnings');

const CAREFUL = ['WARN', 'Warning: careful', { 'warning.type': 'Warning' }] as const;

const warnings: readonly (readonly [program: string, lines: readonly unknown[]])[] = [
  ["process.emitWarning('careful')", [CAREFUL]],
  [
    "process.emitWarning('hot', { type: 'GpuWarning', code: 'G1', detail: 'fan\\nstopped' })",
    [
      [
        'WARN',
        'GpuWarning: hot',
        { 'warning.type': 'GpuWarning', 'warning.code': 'G1', 'warning.detail': 'fan\nstopped' },
      ],
    ],
  ],
  [
    "require('util').deprecate(() => {}, 'old() is gone', 'DEP9')()",
    [
      [
        'WARN',
        'DeprecationWarning: old() is gone',
        { 'warning.type': 'DeprecationWarning', 'warning.code': 'DEP9' },
      ],
    ],
  ],
  ["process.noDeprecation = true; process.emitWarning('old', 'DeprecationWarning')", []],
  [
    "process.on('warning', w => console.error('mine', w.message)); process.emitWarning('careful')",
    [CAREFUL, ['ERROR', 'mine careful']],
  ],
  [
    "process.removeAllListeners('warning'); process.on('warning', w => console.warn('mine', w.message)); process.emitWarning('careful')",
    [['WARN', 'mine careful']],
  ],
  ["process.removeAllListeners('warning'); process.emitWarning('careful')", []],
  ["console.error('(node:' + process.pid + ') by hand')", [['WARN', /^\(node:\d+\) by hand$/]]],
];

for (const [program, expected] of warnings) {
  test(`${program} makes ${expected.length} records`, async () => {
    const records = await recordsOf(program);
    const lines = linesOf(records);
    assert.is(lines.length, expected.length, JSON.stringify(lines));
    for (const [index, line] of lines.entries()) {
      const [severity, body, attributes] = expected[index] as typeof CAREFUL;
      assert.is(line[0], severity);
      if ((body as unknown) instanceof RegExp) assert.match(String(line[1]), body);
      else assert.equal(line.slice(1), attributes === undefined ? [body] : [body, attributes]);
    }
  });
}

test('a warning is of the scope of the process, and nobody called for it', async () => {
  const [record] = await recordsOf("process.emitWarning('careful')", {
    OTEL_REGISTER_CALL_SITES: 'all',
  });
  assert.is(record?.scope.name, 'process');
  assert.is(record?.attributes['code.file.path'], undefined);
});

for (const [flags, count] of [
  [['--no-warnings'], 0],
  [['--disable-warning=W7'], 0],
  [['--disable-warning=W8'], 1],
  [['--trace-warnings'], 1],
] as const) {
  test(
    `with ${flags} the output is as without the preload, and there are ${count} records`,
    withCollector(async collector => {
      const program = "process.emitWarning('careful', 'Warning', 'W7')";
      const options = { nodeArgs: flags, args: ['-e', program], env: endpointOf(collector) };
      const before = await runNode({ ...options, preload: false });

      const { stderr } = await runNode(options);

      const plain = (text: Buffer) =>
        String(text)
          .replace(/\(node:\d+\)/g, '(node)')
          .replace(/\n +at .*/g, '');
      assert.is(plain(stderr), plain(before.stderr));
      assert.is(collector.records.length, count);
      const stack = collector.records[0]?.attributes['warning.stacktrace'];
      if (flags[0] === '--trace-warnings') assert.match(String(stack), /^Warning: careful\n {4}at/);
      else assert.is(stack, undefined);
    }),
  );
}

test(
  'a warning that is redirected into a file is recorded all the same',
  withCollector(async collector => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-warnings-'));
    try {
      const file = join(folder, 'warnings');
      const { stderr } = await runNode({
        nodeArgs: [`--redirect-warnings=${file}`],
        args: ['-e', "process.emitWarning('careful')"],
        env: endpointOf(collector),
      });

      assert.is(String(stderr), '');
      assert.match(readFileSync(file, 'utf8'), /Warning: careful/);
      assert.equal(linesOf(collector.records), [CAREFUL]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),
);

test('a worker thread records its own', async () => {
  const program = `new (require('worker_threads').Worker)("process.emitWarning('careful')", { eval: true })`;
  const records = await recordsOf(program);
  assert.is(records.length, 1);
  assert.is(records[0]?.body, 'Warning: careful');
  assert.is(records[0]?.attributes['thread.id'], 1);
});

test('a listener sees itself and Node alone', async () => {
  const program = `
    process.on('warning', function mine() {});
    console.log(process.listeners('warning').map(({ name }) => name).join());
  `;
  assert.equal(linesOf(await recordsOf(program)), [['INFO', 'onWarning,mine']]);
});

test.run();
