import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectSlowly } from '../../src/resource-detectors/index.js';
import { fakeHost, firmware } from '../helpers/fake-host.js';

const test = suite('resource-detectors/cloud-metadata-trouble');

const CLOUDS = {
  AWS: firmware({ sys_vendor: 'Amazon EC2' }),
  GCP: firmware({ product_name: 'Google Compute Engine' }),
  AZURE: firmware({ chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77' }),
};

for (const [cloud, files] of Object.entries(CLOUDS)) {
  for (const [what, text] of [
    ['an HTML page', '<html><body>Sign in</body></html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1,2]'],
    ['cut-off JSON', '{"region":"eu'],
    ['fields of wrong types', '{"region":{"a":1},"instanceId":7,"vmId":["x"],"location":null}'],
    [
      'fields with line breaks and markup',
      '{"region":"a\\nb","vmId":"<b>","instanceId":"\\u0000"}',
    ],
    ['64 KiB of one letter', 'x'.repeat(65_536)],
  ] as const) {
    test(`takes nothing from ${cloud} metadata that is ${what}`, async () => {
      const host = fakeHost({
        files,
        fetchText: url => (url.endsWith('/token') ? 'token' : text),
      });

      assert.equal(await detectSlowly(host), {});
    });
  }

  test(`ends at the deadline when ${cloud} metadata hangs and ignores the signal`, async () => {
    const host = fakeHost({ files, fetchText: () => new Promise(() => {}) });
    const before = performance.now();

    assert.equal(await detectSlowly(host, 40), {});

    const tookMs = performance.now() - before;
    assert.ok(tookMs >= 35 && tookMs < 400, `took ${tookMs} ms`);
  });

  test(`aborts requests to ${cloud} metadata at the deadline`, async () => {
    const signals: AbortSignal[] = [];
    const host = fakeHost({
      files,
      fetchText: (_url, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });

    await detectSlowly(host, 20);

    assert.ok(signals.length > 0 && signals.every(signal => signal.aborted));
  });

  test(`survives ${cloud} metadata that throws`, async () => {
    const host = fakeHost({
      files,
      fetchText: () => {
        throw new Error('broken');
      },
    });

    assert.equal(await detectSlowly(host), {});
  });
}

test.run();
