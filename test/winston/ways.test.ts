import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { callsOf, messageOf, wayProgram } from './way-program.js';
import { OUTPUTS, WAYS, type Way } from './winston-ways.js';

const test = suite('winston/ways');

for (const way of WAYS) {
  test(
    `each call is one record, by each output: ${way.name}`,
    withCollector(async collector => {
      const env = endpointOf(collector);
      const program = programOf(way);

      const [{ code, stdout, stderr }, alone] = await Promise.all([
        runNode({ ...program, env }),
        runNode({ ...program, env, preload: false }),
      ]);

      assert.is(code, 0, stderr.toString());
      assert.equal(sorted(stdout), sorted(alone.stdout));
      assert.equal(sorted(stderr), sorted(alone.stderr));
      for (const output of OUTPUTS) assertOneEach(collector.records, output, way);
    }),
  );
}

function programOf(way: Way): { readonly args: readonly string[] } {
  return { args: [...(way.isModule ? ['--input-type=module'] : []), '-e', wayProgram(way)] };
}

function assertOneEach(
  records: readonly ReceivedLog[],
  output: (typeof OUTPUTS)[number],
  way: Way,
): void {
  for (let n = 0; n < callsOf(output); n++) {
    const message = messageOf(output, n);
    const found = records.filter(({ body }) => `${body}`.includes(message));
    const told = found.map(({ scope, attributes }) => [scope.name, attributes.n]);
    assert.is(
      JSON.stringify(told),
      JSON.stringify([['winston', n]]),
      `${way.name} → ${output.name}: ${message}`,
    );
  }
}

// Slow transports print among the others.
function sorted(output: Buffer): string[] {
  return output.toString().split('\n').sort();
}

test.run();
