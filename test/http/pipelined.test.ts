import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runNode } from '../helpers/run-node.js';

const test = suite('http/pipelined');

for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
  test(`with traces ${OTEL_REGISTER_TRACES}, a response that waited for another's has its own id to the end`, async () => {
    const { stdout, stderr, code } = await runNode({
      script: 'requests/pipelined.cjs',
      env: { OTEL_REGISTER_SPOOL: 'off', OTEL_REGISTER_TRACES },
    });

    assert.is(code, 0, stderr.toString());
    const expected = ['a', 'b', 'c'].flatMap(name =>
      ['begins', 'was read', 'finishes', 'closes'].map(what => `/${name} ${what} ${name}`),
    );
    assert.equal(stdout.toString().trimEnd().split('\n').sort(), expected.sort());
  });
}

test.run();
