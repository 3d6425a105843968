import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/log-record.js';
import { Noise, type NoiseOptions } from '../../src/noise/noise.js';
import { fields, logRecord } from '../helpers/log-records.js';
import { seededRandom } from '../helpers/seeded-random.js';

const test = suite('noise/noise');

interface Bench {
  readonly noise: Noise;
  readonly written: LogRecord[];
  nowMs: number;
  say(body: string, described?: Partial<LogRecord>): void;
  /** Bodies, with what was counted. */
  lines(): string[];
}

function bench(options: Partial<NoiseOptions> = {}): Bench {
  const written: LogRecord[] = [];
  const made: Bench = {
    written,
    nowMs: 0,
    noise: new Noise({
      hasFold: false,
      perSecond: Number.POSITIVE_INFINITY,
      write: record => written.push(record),
      nowMs: () => made.nowMs,
      ...options,
    }),
    say: (body, described) => made.noise.take(logRecord({ body, ...described })),
    lines: () =>
      written.splice(0).map(({ body, attributes }) => {
        const at = attributes?.keys.indexOf('log.repeated.count') ?? -1;
        return at === -1 ? String(body) : `${body} +${attributes!.values[at]}`;
      }),
  };
  return made;
}

test('identical records in a row become the first and a count, when another one comes', () => {
  const { say, lines } = bench({ hasFold: true });

  for (const body of ['a', 'a', 'a', 'b', 'a', 'a']) say(body);

  assert.equal(lines(), ['a', 'a +2', 'b', 'a']);
});

test('what is pending is told by settle(), and counting goes on', () => {
  const { noise, say, lines } = bench({ hasFold: true });
  for (const body of ['a', 'a']) say(body);

  noise.settle();
  noise.settle();
  for (const body of ['a', 'a', 'b']) say(body);

  assert.equal(lines(), ['a', 'a +1', 'a +2', 'b']);
});

test('five seconds after the first repeat they are told although the loop blocks', () => {
  const made = bench({ hasFold: true });
  made.say('a');
  made.nowMs = 10_000;
  made.say('a');
  made.nowMs = 14_999;
  made.say('a');
  assert.equal(made.lines(), ['a']);

  made.nowMs = 15_000;
  made.say('a');
  made.say('b');

  assert.equal(made.lines(), ['a +2', 'a +1', 'b']);
});

test('a timer tells them when nothing more is said', async () => {
  const made = bench({ hasFold: true, maxPendingMs: 20, nowMs: () => performance.now() });
  for (const body of ['a', 'a']) made.say(body);

  while (made.written.length < 2) await new Promise(resolve => setTimeout(resolve, 5));

  assert.equal(made.lines(), ['a', 'a +1']);
});

test('after end() nothing is held back, until resume()', () => {
  const { noise, say, lines } = bench({ hasFold: true, perSecond: 1 });
  for (const body of ['a', 'a']) say(body);

  noise.end();
  for (const body of ['a', 'a']) say(body);
  noise.resume();
  for (const body of ['b', 'b', 'c']) say(body);

  assert.equal(lines(), ['a', 'a +1', 'a', 'a', 'b', 'b +1', 'c']);
});

test('errors are neither folded nor limited, and end a run', () => {
  const { say, lines } = bench({ hasFold: true, perSecond: 1 });

  for (const body of ['a', 'a']) say(body);
  for (let i = 0; i < 3; i++) say('error', { severityNumber: 17 });

  assert.equal(lines(), ['a', 'a +1', 'error', 'error', 'error']);
});

test('a rule folds and limits where nothing is configured, and the other way round', () => {
  const plain = bench();
  for (let i = 0; i < 3; i++) plain.say('a', { noise: { fold: true } });
  plain.say('b');
  assert.equal(plain.lines(), ['a', 'a +2', 'b']);
  for (let i = 0; i < 3; i++) plain.say('c', { noise: { perSecond: 1 } });
  plain.noise.settle();
  assert.equal(plain.lines(), ['c', 'Suppressed 2 records like: c']);

  const strict = bench({ hasFold: true, perSecond: 1 });
  const noise = { fold: false, perSecond: Number.POSITIVE_INFINITY };
  for (let i = 0; i < 3; i++) strict.say('a', { noise });
  assert.equal(strict.lines(), ['a', 'a', 'a']);
});

test('what is folded does not count for the limit', () => {
  const { noise, say, lines } = bench({ hasFold: true, perSecond: 2 });

  for (const body of ['a', 'a', 'a', 'b', 'a', 'b']) say(body);
  noise.settle();

  assert.equal(lines(), ['a', 'a +2', 'b', 'a', 'b']);
});

test('a write that throws leaves a timer and an ending without an error', () => {
  let isBroken = false;
  const write = () => {
    if (isBroken) throw new Error('broken');
  };
  const { noise, say } = bench({ hasFold: true, write });
  for (const body of ['a', 'a']) say(body);

  isBroken = true;

  assert.not.throws(() => noise.settle());
  assert.not.throws(() => noise.end());
});

for (let seed = 1; seed <= 50; seed++) {
  test(`what is sent and what is told of adds up to what was said, seed ${seed}`, () => {
    const random = seededRandom(seed);
    const made = bench({ hasFold: seed % 2 === 0, perSecond: random.pick([0.5, 1, 3, Infinity]) });
    for (let i = 0; i < 500; i++) {
      const severityNumber = random.pick([5, 9, 9, 9, 13, 17]);
      made.nowMs += random.pick([0, 0, 0, 10, 700, 6_000]);
      made.say(random.pick(['a', 'a', 'b', 'job 1', 'job 2']), { severityNumber });
      if (random.integer(50) === 0) made.noise.settle();
    }
    made.noise.end();

    const counts = made.written.map(countOf);
    assert.is(
      counts.reduce((a, b) => a + b, 0),
      500,
    );
  });
}

/** How many said records one that was sent stands for. */
function countOf({ attributes }: LogRecord): number {
  const at = attributes?.keys.findIndex(key => key.endsWith('.count')) ?? -1;
  return at === -1 ? 1 : Number(attributes!.values[at]);
}

test('the record that tells of repeats is as the first, with the time of the last', () => {
  const { noise, say, written } = bench({ hasFold: true });
  const described = { attributes: fields({ job: 1 }), span: SPAN, severityNumber: 13 };
  // 1970-01-01T00:00:00.004295Z and the same four times as late.
  for (const timeUnixNanoHigh of [1, 2, 4]) say('a', { ...described, timeUnixNanoHigh });

  noise.settle();

  const { attributes, ...rest } = written[1]!;
  assert.is(rest.timeUnixNanoHigh, 4);
  assert.is(rest.severityNumber, 13);
  assert.equal(rest.span, SPAN);
  assert.equal(Object.fromEntries(attributes!.keys.map((key, i) => [key, attributes!.values[i]])), {
    job: 1,
    'log.repeated.count': 2,
    'log.repeated.first_time': '1970-01-01T00:00:08.589Z',
    'log.repeated.last_time': '1970-01-01T00:00:17.179Z',
  });
  assert.equal(written[0]!.attributes, fields({ job: 1 }));
});

const SPAN = {
  traceId: '0'.repeat(31).concat('1'),
  spanId: '0'.repeat(15).concat('1'),
  traceFlags: 1,
};

test.run();
