import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../../src/receiver/received-log.js';
import { toEntries } from '../../../src/viewer/entry.js';
import { parseFilter } from '../../../src/viewer/filter/parse-filter.js';
import { callSites, facets, histogram } from '../../../src/viewer/server/questions.js';
import { receivedLog } from '../entries.js';
import { SQLITE, STORAGES, storeIn } from './storages.js';

const test = suite('viewer/store/equal-answers');
const withSqlite = SQLITE ? test : test.skip;

const WORDS = [
  'job',
  'job-17',
  'Timeout',
  'time out',
  'é',
  'İ',
  '接続',
  '',
  '"',
  '¦',
  '§a',
  '0x7f',
];
const KEYS = ['a', 'a.b', 'job_id', 'A', '__proto__', 'x y'];

const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map(words => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const value = fc.oneof(text, fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.double());
const fields = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.oneof(
    value,
    fc.array(value, { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('b', 'c'), value),
  ),
  { maxKeys: 3 },
);
const record: fc.Arbitrary<ReceivedLog> = fc
  .record({
    // 0 would be now, which is later for the second store.
    timeUnixNano: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    severityNumber: fc.integer({ min: -1, max: 26 }),
    severityText: fc.constantFrom('', 'INFO', 'Error', 'loud'),
    body: fc.oneof(text, fields, value),
    attributes: fields,
    traceId: fc.constantFrom('', 'ab'.repeat(16), 'abcd'.repeat(8)),
    spanId: fc.constantFrom('', 'ab'.repeat(8)),
    resource: fc.constantFrom(
      {},
      { 'service.name': 'api' },
      { 'service.name': 'API', 'host.name': 'é' },
    ),
  })
  .map(described => receivedLog(described as Partial<ReceivedLog>));

const term = fc.oneof(
  text,
  fc.constantFrom(
    'severity:>=warn',
    'severity:info',
    'service:api',
    'host:É',
    'trace:ab',
    'span:a',
  ),
  fc.tuple(fc.constantFrom(...KEYS), value).map(([key, wanted]) => `${key}:"${wanted}"`),
  fc
    .tuple(fc.constantFrom(...KEYS, 'a.c'), fc.constantFrom('*', '>0', '<=1'))
    .map(pair => pair.join(':')),
);
const filter = fc
  .array(fc.tuple(fc.constantFrom('', '', '-'), term), { maxLength: 3 })
  .map(terms => terms.map(pair => pair.join('')).join(' '));

withSqlite(
  'memory and SQLite give the same answers to any question about any records',
  async () => {
    const property = fc.asyncProperty(
      fc.array(record, { maxLength: 12 }),
      fc.array(filter, { minLength: 1, maxLength: 6 }),
      async (logs, filters) => {
        const [memory, sqlite] = await Promise.all(
          STORAGES.map(([, open]) => answers(open(), logs, filters)),
        );
        assert.equal(sqlite, memory);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  },
);

async function answers(
  storage: ReturnType<(typeof STORAGES)[0][1]>,
  logs: readonly ReceivedLog[],
  filters: readonly string[],
): Promise<unknown> {
  const store = storeIn(storage, { maxRecords: 10 });
  store.add(toEntries(logs));
  const found = [];
  for (const source of filters) {
    const query = new URLSearchParams({ filter: source, buckets: '7' });
    const records = await store.find({ filter: parseFilter(source) }, 100);
    found.push(
      records.map(({ id, body, attributes, origin, traceId }) => ({
        ...{ id, body, attributes, traceId },
        service: origin.service,
      })),
      await callSites(store, query),
      await histogram(store, query),
    );
  }
  found.push(await facets(store), store.timeRange());
  store.close();
  return JSON.parse(
    JSON.stringify(found, (_, part) => (typeof part === 'bigint' ? String(part) : part)),
  );
}

test.run();
