import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { assertAllLogged, compareEnding, crashRecords } from './ending-comparison.js';

const test = suite('preload/crash-rejection');

const modes = {
  none: undefined,
  warn: undefined,
  'warn-with-error-code': undefined,
  throw: 'FATAL',
  strict: 'FATAL',
};

for (const [mode, severity] of Object.entries(modes)) {
  test(
    `an unhandled rejection with --unhandled-rejections=${mode} ends as without us`,
    withCollector(async collector => {
      const nodeArgs = [`--unhandled-rejections=${mode}`];
      const runs = await compareEnding(collector, 'rejection.cjs', { nodeArgs });

      assertAllLogged(collector, runs);
      assert.equal(severities(crashRecords(collector)), severity === undefined ? [] : [severity]);
    }),
  );

  test(
    `a rejection with a listener and --unhandled-rejections=${mode} ends as without us`,
    withCollector(async collector => {
      const nodeArgs = [`--unhandled-rejections=${mode}`];
      const runs = await compareEnding(collector, 'rejection-listened.cjs', { nodeArgs });

      assertAllLogged(collector, runs);
      assert.equal(severities(crashRecords(collector)), mode === 'strict' ? ['FATAL'] : []);
    }),
  );
}

test(
  'an unhandled rejection is one FATAL record that says where it comes from',
  withCollector(async collector => {
    await compareEnding(collector, 'rejection.cjs');

    const [{ body, attributes }] = crashRecords(collector) as [(typeof collector.records)[0]];
    assert.is(body, 'TypeError: not awaited');
    assert.is(attributes['exception.origin'], 'unhandledRejection');
    assert.is(attributes['exception.handled'], false);
  }),
);

test(
  'a rejection with a text ends as without us, with one FATAL record',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'rejection-value.cjs');

    assertAllLogged(collector, runs);
    assert.equal(severities(crashRecords(collector)), ['FATAL']);
  }),
);

test(
  'a rejection handled as an exception is one ERROR record',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'rejection-handled-as-exception.cjs');

    assertAllLogged(collector, runs);
    assert.equal(severities(crashRecords(collector)), ['ERROR']);
  }),
);

function severities(records: readonly { readonly severityText: string }[]): string[] {
  return records.map(record => record.severityText);
}

test.run();
