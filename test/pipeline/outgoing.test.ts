import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Outgoing } from '../../src/pipeline/outgoing.js';
import { decodeLogs } from '../../src/receiver/received-log.js';
import { addRecords } from '../helpers/log-records.js';

const test = suite('pipeline/outgoing');

const NONE = new Uint8Array(0);

function outgoing(count: number): Outgoing {
  const made = new Outgoing();
  addRecords(made.records, count);
  made.begin();
  return made;
}

/** Sends all parts to a collector that refuses requests with any of these records. */
function deliver(to: Outgoing, isBad: (body: number) => boolean) {
  const arrived: number[] = [];
  let requests = 0;
  while (to.partRecords > 0) {
    requests++;
    const bodies = decodeLogs(to.body(NONE)).map(({ body }) => body as number);
    if (bodies.some(isBad)) to.refused(true);
    else {
      arrived.push(...bodies);
      to.accepted();
    }
  }
  return { arrived, lost: to.lost.total, requests };
}

test('one batch is one part, the same until it is over', () => {
  const made = outgoing(3);

  assert.is(made.partRecords, 3);
  assert.is(made.body(NONE), made.body(NONE));
  made.accepted();
  assert.is(made.partRecords, 0);
});

test('nothing makes no part', () => {
  assert.is(outgoing(0).partRecords, 0);
});

for (const bad of [0, 1, 250, 498, 499]) {
  test(`record ${bad} of 500 is refused alone, and the others arrive in order`, () => {
    const { arrived, lost, requests } = deliver(outgoing(500), body => body === bad);

    assert.is(lost, 1);
    assert.equal(
      arrived,
      Array.from({ length: 500 }, (_, index) => index).filter(index => index !== bad),
    );
    assert.ok(requests < 25, `${requests} requests`);
  });
}

test('several bad records are found', () => {
  const { arrived, lost } = deliver(outgoing(500), body => body % 100 === 7);

  assert.is(lost, 5);
  assert.is(arrived.length, 495);
});

test('a collector that refuses everything is not asked about every record', () => {
  const { lost, requests } = deliver(outgoing(500), () => true);

  assert.is(lost, 500);
  assert.ok(requests <= 32, `${requests} requests`);
});

test('a refusal that no record is to blame for costs the batch at once', () => {
  const made = outgoing(500);

  made.refused(false);

  assert.is(made.lost.total, 500);
  assert.is(made.partRecords, 0);
});

test('after a batch was given up whole, the next is not split until something is accepted', () => {
  const made = outgoing(500);
  deliver(made, () => true);
  addRecords(made.records, 500);
  made.begin();
  assert.is(deliver(made, () => true).requests, 1);

  made.records.clear();
  addRecords(made.records, 1);
  made.begin();
  deliver(made, () => false);
  addRecords(made.records, 500);
  made.begin();
  assert.ok(deliver(made, () => true).requests > 1);
});

test.run();
