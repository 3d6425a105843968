import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogFields, type LogRecord, type LogValue } from '../../src/log-record.js';
import { fields, logRecord, roundTrip } from '../helpers/log-records.js';
import { type SeededRandom, seededRandom } from '../helpers/seeded-random.js';

// Lengths at which a varint grows, where what was written has to move. `encode` of the helpers
// gives no byte more than was foreseen.

const test = suite('pipeline/encode-sizes');

const LENGTHS = [
  0, 1, 23, 24, 25, 41, 42, 43, 63, 64, 126, 127, 128, 129, 5460, 5461, 5462, 8191, 8192, 16_381,
  16_382, 16_383, 16_384, 16_385, 65_536,
];

for (const [what, character] of [
  ['of one byte', 'x'],
  ['of two bytes', 'é'],
  ['of three bytes', '€'],
  ['of four bytes', '😀'],
  ['that are half a pair', '\ud83d'],
] as const) {
  test(`texts of every critical length arrive, with characters ${what}`, () => {
    const expected = character === '\ud83d' ? '\ufffd' : character;
    for (const length of LENGTHS) {
      const record = roundTrip(
        logRecord({ body: character.repeat(length), attributes: fields({ after: length }) }),
      );
      assert.ok(record.body === expected.repeat(length), `${length} characters differ`);
      assert.is(record.attributes.after, length);
    }
  });

  test(`texts whose bytes outgrow their length arrive, with characters ${what}`, () => {
    const expected = character === '\ud83d' ? '\ufffd' : character;
    for (const length of LENGTHS) {
      for (const tail of [1, 2, 3, 40]) {
        const body = 'a'.repeat(length) + character.repeat(tail);
        const received = roundTrip(logRecord({ body, attributes: fields({ body }) }));
        const wanted = 'a'.repeat(length) + expected.repeat(tail);
        assert.ok(received.body === wanted, `${length} + ${tail} characters differ`);
        assert.ok(received.attributes.body === wanted, `${length} + ${tail} differ as attribute`);
      }
    }
  });
}

test('nested messages of every critical length arrive', () => {
  for (const length of LENGTHS) {
    const bytes = new Uint8Array(length).fill(7);
    const attributes = fields({ outer: fields({ middle: [bytes, fields({ inner: bytes })] }) });

    const outer = roundTrip(logRecord({ attributes })).attributes.outer;

    assert.equal(outer, { middle: [Buffer.from(bytes), { inner: Buffer.from(bytes) }] });
  }
});

test('keys of every critical length arrive', () => {
  for (const length of LENGTHS) {
    const key = 'ké'.repeat(length);
    const { attributes } = roundTrip(logRecord({ attributes: fields({ [key]: 'é', after: 1 }) }));

    assert.equal(attributes, { [key]: 'é', after: 1 });
  }
});

test('keys arrive again and again, with many others in between', () => {
  const keys = Array.from({ length: 700 }, (_, index) => 'é'.repeat(index % 40) + index);
  const attributes = fields(Object.fromEntries(keys.map((key, index) => [key, index])));

  for (let time = 0; time < 30; time++) {
    for (const subset of [attributes, fields({ [keys[0]!]: 'first', [keys[699]!]: null })]) {
      const received = roundTrip(logRecord({ attributes: subset }));
      assert.equal(Object.keys(received.attributes), [...subset.keys]);
      assert.equal(Object.values(received.attributes), [...subset.values]);
    }
  }
});

test('thousands of small values never need more than was foreseen', () => {
  for (const value of [null, true, 0, -1, 0.5, '', [], fields({}), -(2n ** 63n)] as LogValue[]) {
    const list = Array.from({ length: 20_000 }, () => value);

    assert.is((roundTrip(logRecord({ body: list })).body as unknown[]).length, 20_000);
  }
});

for (let seed = 1; seed <= 20; seed++) {
  test(`random records need no byte more than was foreseen (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let i = 0; i < 50; i++) {
      const record = randomRecord(random);
      const received = roundTrip(record);
      assert.is(received.severityNumber, record.severityNumber);
      assert.is(received.traceId, record.span?.traceId ?? '');
    }
  });
}

function randomRecord(random: SeededRandom): LogRecord {
  const isOdd = random.integer(2) === 1;
  return logRecord({
    severityNumber: random.integer(25),
    severityText: randomText(random),
    body: random.integer(5) === 0 ? undefined : randomValue(random, 4),
    attributes: isOdd ? randomFields(random, 4) : undefined,
    iostream: random.pick([undefined, 'stdout', 'stderr'] as const),
    eventName: random.pick([undefined, randomText(random)]),
    droppedAttributes: random.integer(2 ** 32),
    isTruncated: isOdd,
    exception: random.pick([
      undefined,
      { type: randomText(random), message: randomText(random) },
      { type: '', message: '', stacktrace: randomText(random), code: randomText(random) },
    ]),
    span: random.pick([
      undefined,
      { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 255 },
    ]),
  });
}

function randomValue(random: SeededRandom, depth: number): LogValue {
  switch (random.integer(depth > 0 ? 9 : 7)) {
    case 0:
      return null;
    case 1:
      return random.integer(2) === 1;
    case 2:
      return random.pick([0, -1, -0, 0.5, Number.NaN, random.integer(2 ** 32), -(2 ** 40)]);
    case 3:
      return BigInt(random.integer(2 ** 32)) ** BigInt(random.integer(5)) * -1n;
    case 4:
      return new Uint8Array(random.integer(300));
    case 7:
      return Array.from({ length: random.integer(6) }, () => randomValue(random, depth - 1));
    case 8:
      return randomFields(random, depth - 1);
    default:
      return randomText(random);
  }
}

function randomFields(random: SeededRandom, depth: number): LogFields {
  const made = new LogFields();
  for (let i = random.integer(6); i > 0; i--)
    made.add(randomText(random), randomValue(random, depth));
  return made;
}

function randomText(random: SeededRandom): string {
  const character = random.pick(['x', 'é', '€', '😀', '\udc00', 'ab\ud800']);
  return character.repeat(random.integer(random.pick([2, 30, 140, 6_000])));
}

test.run();
