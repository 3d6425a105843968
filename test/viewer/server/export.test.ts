import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { send, withViewer } from '../viewing.js';

const test = suite('viewer/server/export');

const RESOURCE = { attributes: [{ key: 'service.name', value: { stringValue: 'worker' } }] };

const log = (ms: number, body: string) => ({
  timeUnixNano: `${BigInt(ms + 1) * 1_000_000n}`,
  severityNumber: 9,
  body: { stringValue: body },
});

test(
  'an export has each record whole on a line, oldest first',
  withViewer(async viewer => {
    await send(
      viewer,
      Array.from({ length: 1200 }, (_, index) => log(index, `n ${index}`)),
      RESOURCE,
    );

    const response = await fetch(`${viewer.pageUrl}/api/export?filter=-7`);
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));

    assert.is(response.headers.get('content-type'), 'application/x-ndjson');
    // Words that begin with 7: 7, 70 to 79, 700 to 799.
    assert.is(lines.length, 1200 - 111);
    assert.equal([lines[0].body, lines.at(-1).body], ['n 0', 'n 1199']);
    assert.is(lines[0].resource['service.name'], 'worker');
  }),
);

test.run();
