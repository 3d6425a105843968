import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/pipeline/retry.js';
import { UnservedSender } from '../../src/pipeline/unserved.js';

const test = suite('pipeline/unserved');

const BODY = Buffer.from('spans');
const MINUTE_MS = 60_000;

function answering(outcomes: Outcome[]) {
  const sent: Buffer[] = [];
  const clock = { ms: 0 };
  const sender = new UnservedSender(
    {
      url: 'http://collector.test/v1/traces',
      send: async body => {
        sent.push(body);
        return outcomes.shift()!;
      },
      hurry() {},
    },
    () => clock.ms,
  );
  return { sender, sent, clock };
}

const refusal = (status: number): Outcome => ({
  kind: 'refused',
  status,
  reason: `HTTP ${status}`,
  mayBeOneRecord: false,
});
const accepted: Outcome = { kind: 'accepted', rejectedRecords: 0, message: '' };

for (const status of [404, 405, 415, 501]) {
  test(`after ${status} nothing is sent for ten minutes, and then again`, async () => {
    const { sender, sent, clock } = answering([refusal(status), accepted]);

    for (const ms of [1, 1000, 9 * MINUTE_MS]) {
      clock.ms = ms;
      assert.equal(await sender.send(BODY), accepted);
    }
    assert.is(sent.length, 1);

    clock.ms = 11 * MINUTE_MS;
    assert.equal(await sender.send(BODY), accepted);
    assert.is(sent.length, 2);
  });
}

for (const outcome of [refusal(400), refusal(401), refusal(413), refusal(500)]) {
  test(`what is refused with ${outcome.kind === 'refused' && outcome.status} is said, and goes on`, async () => {
    const { sender, sent } = answering([outcome, outcome]);

    assert.is(await sender.send(BODY), outcome);
    assert.is(await sender.send(BODY), outcome);
    assert.is(sent.length, 2);
  });
}

test.run();
