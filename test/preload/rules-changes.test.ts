import type { ChildProcess } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { rulesFolder } from '../helpers/rules-file.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/rules-changes');

/** Generous: a change is looked for every 2 s. */
const DEADLINE_MS = 25_000;

/** Runs the program that ticks, does to its rules what `change` does, and ends it. */
async function whileTicking(
  collector: Receiver,
  { path, args = [] }: { readonly path: string; readonly args?: readonly string[] },
  change: (arrives: (generation: number, of?: string) => Promise<unknown>) => Promise<void>,
): Promise<RunResult> {
  let child: ChildProcess | undefined;
  const ended = runNode({
    script: 'rules/ticks.cjs',
    args,
    env: { ...endpointOf(collector), OTEL_REGISTER_RULES: path },
    timeoutMs: 4 * DEADLINE_MS,
    onSpawn: spawned => {
      child = spawned;
    },
  });
  const arrives = (generation: number, of = 'main') =>
    collector.waitFor(
      () =>
        collector.records.some(
          ({ body, attributes }) =>
            attributes.generation === generation && String(body).startsWith(`tick of ${of}`),
        ),
      DEADLINE_MS,
    );
  try {
    await change(arrives);
  } finally {
    child!.kill('SIGTERM');
  }
  return ended;
}

const rules = (generation: number) => `rules: [{ add: { generation: ${generation} } }]`;

test(
  'a file that is written anew, and one that is put in its place, are used',
  withCollector(async collector => {
    const folder = rulesFolder();
    const path = join(folder, 'rules.yaml');
    writeFileSync(path, rules(1));

    const { stderr, signal } = await whileTicking(collector, { path }, async arrives => {
      await arrives(1);
      writeFileSync(path, rules(2));
      await arrives(2);
      writeFileSync(join(folder, 'next'), rules(3));
      renameSync(join(folder, 'next'), path);
      await arrives(3);
    });

    assert.is(stderr.toString(), '');
    assert.is(signal, 'SIGTERM');
  }),
);

test(
  'a ConfigMap, where a link changes, is followed, also by worker threads',
  withCollector(async collector => {
    const folder = rulesFolder();
    const release = (generation: number) => {
      mkdirSync(join(folder, `..${generation}`));
      writeFileSync(join(folder, `..${generation}`, 'rules.yaml'), rules(generation));
      symlinkSync(`..${generation}`, join(folder, '..next'));
      renameSync(join(folder, '..next'), join(folder, '..data'));
    };
    release(1);
    const path = join(folder, 'rules.yaml');
    symlinkSync(join('..data', 'rules.yaml'), path);

    await whileTicking(collector, { path, args: ['worker'] }, async arrives => {
      await Promise.all([arrives(1), arrives(1, 'worker')]);
      release(2);
      await Promise.all([arrives(2), arrives(2, 'worker')]);
    });
  }),
);

test(
  'a broken file leaves the rules in force, costs a line for each content, and can be mended',
  withCollector(async collector => {
    const path = join(rulesFolder(), 'rules.yaml');
    writeFileSync(path, rules(1));
    const countTicks = () =>
      collector.records.filter(({ body }) => /tick/.test(String(body))).length;
    const said = (text: string) =>
      new RegExp(`otel-register: [^\\n]*${text}[^\\n]*hold\\.\\n`, 'g');

    const { stderr } = await whileTicking(collector, { path }, async arrives => {
      await arrives(1);
      writeFileSync(path, `${rules(2)}}`);
      await saidBy(collector, countTicks);
      writeFileSync(path, `${rules(22)}}`);
      await saidBy(collector, countTicks);
      rmSync(path);
      await saidBy(collector, countTicks);
      writeFileSync(path, rules(3));
      await arrives(3);
    });

    assert.equal(stderr.toString().match(said('line 1'))?.length, 2, stderr.toString());
    assert.equal(stderr.toString().match(said('does not exist'))?.length, 1);
    const generations = collector.records
      .filter(({ body }) => /tick/.test(String(body)))
      .map(({ attributes }) => attributes.generation);
    assert.equal([...new Set(generations)], [1, 3]);
  }),
);

// A tick takes 20 ms: so many take longer than it takes to notice a change.
async function saidBy(collector: Receiver, countTicks: () => number): Promise<void> {
  const before = countTicks();
  await collector.waitFor(() => countTicks() > before + 150, DEADLINE_MS);
}

test(
  'a file that comes later is used, and opens up what was not sent at all',
  withCollector(async collector => {
    const path = join(rulesFolder(), 'rules.yaml');
    writeFileSync(path, 'level: fatal');

    await whileTicking(collector, { path }, async arrives => {
      await new Promise(resolve => setTimeout(resolve, 500));
      assert.is(collector.countRecords(), 0);
      writeFileSync(path, `level: debug\n${rules(1)}`);
      await arrives(1);
    });

    assert.ok(collector.records.some(({ severityText }) => severityText === 'DEBUG'));
  }),
);

test.run();
