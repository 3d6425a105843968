import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DetectorGroup, enabledGroups } from '../../src/resource-detectors/enabled-groups.js';

const test = suite('resource-detectors/enabled-groups');

const GROUPS: readonly DetectorGroup[] = [
  'host',
  'os',
  'process',
  'serviceinstance',
  'container',
  'aws',
  'gcp',
  'azure',
];

for (const [listed, expected] of [
  [undefined, GROUPS],
  ['', GROUPS],
  [' , ', GROUPS],
  ['all', GROUPS],
  ['host,all', GROUPS],
  ['none', []],
  ['host,none', []],
  [' Host , OS ', ['host', 'os']],
  ['env', []],
  ['service', ['serviceinstance']],
  ['alibaba', []],
  ['constructor', []],
] as const) {
  test(`leaves ${expected.length} groups on for ${JSON.stringify(listed)}`, () => {
    const enabled = enabledGroups({ OTEL_NODE_RESOURCE_DETECTORS: listed });

    assert.equal(
      GROUPS.filter(group => enabled.has(group)),
      expected,
    );
  });
}

test('tells none from a list of names it does not know', () => {
  assert.is(enabledGroups({ OTEL_NODE_RESOURCE_DETECTORS: 'none' }).isNone, true);
  assert.is(enabledGroups({ OTEL_NODE_RESOURCE_DETECTORS: 'alibaba' }).isNone, false);
});

test.run();
