import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import type { Receiver } from '../receiver/receiver.js';
import {
  assertAllLogged,
  assertSameEnd,
  compareEnding,
  crashRecords,
  linesOf,
  runBoth,
} from './ending-comparison.js';

const test = suite('preload/crash-handled');

const LIVED_ON = { severity: 'ERROR', isHandled: true };
const DIED = { severity: 'FATAL', isHandled: false };

const cases = [
  { name: 'a listener that handles an error', script: 'handled.cjs', expected: [LIVED_ON] },
  {
    name: 'a listener that handles two errors',
    script: 'handled-twice.cjs',
    expected: [LIVED_ON, LIVED_ON],
  },
  {
    name: 'a listener that removes itself',
    script: 'handler-removed-in-itself.cjs',
    expected: [LIVED_ON, DIED],
  },
  {
    name: 'a listener that sends the process a signal',
    script: 'handler-kills-itself.cjs',
    expected: [DIED],
  },
  { name: 'uncaughtException emitted by hand', script: 'emits-uncaught.cjs', expected: [] },
  { name: 'a capture callback', script: 'capture.cjs', expected: [LIVED_ON] },
  { name: 'a capture callback that exits', script: 'capture.cjs', arg: 'exits', expected: [DIED] },
  {
    name: 'a capture callback that throws',
    script: 'capture.cjs',
    arg: 'throws',
    expected: [DIED],
    hasOurFrame: true,
  },
  { name: 'a domain', script: 'domain.cjs', expected: [LIVED_ON] },
  {
    name: 'a domain that nobody listens to',
    script: 'domain.cjs',
    arg: 'unheard',
    expected: [DIED],
  },
  { name: 'a domain whose listener exits', script: 'domain.cjs', arg: 'exits', expected: [DIED] },
  {
    name: 'a domain whose listener throws',
    script: 'domain.cjs',
    arg: 'throws',
    expected: [DIED],
    hasOurFrame: true,
  },
  {
    name: 'a listener that throws',
    script: 'handler-throws.cjs',
    expected: [DIED],
    hasOurFrame: true,
  },
];

for (const { name, script, arg, expected, hasOurFrame } of cases) {
  test(
    `${name} ends as without us, with ${expected.length} records of what was thrown`,
    withCollector(async collector => {
      const args = arg === undefined ? [] : [arg];
      const run = hasOurFrame ? runWithOurFrame : compareEnding;

      assertAllLogged(collector, await run(collector, script, { args }));
      const crashes = crashRecords(collector).map(({ severityText, attributes }) => ({
        severity: severityText,
        isHandled: attributes['exception.handled'],
      }));
      assert.equal(crashes, expected);
    }),
  );
}

// What a handler throws never passes us before it is printed, so that our frame is among the others.
async function runWithOurFrame(
  collector: Receiver,
  script: string,
  options: { readonly args: readonly string[] },
) {
  const runs = await runBoth(collector, script, options);
  const isFrame = (line: string) => line.startsWith('    at ');
  const [bare, ours] = [linesOf(runs.bare.stderr), linesOf(runs.ours.stderr)];
  assert.equal(
    ours.filter(line => !isFrame(line)),
    bare.filter(line => !isFrame(line)),
  );
  assert.is(ours.filter(isFrame).length, bare.filter(isFrame).length + 1);
  assertSameEnd(runs);
  return runs;
}

test.run();
