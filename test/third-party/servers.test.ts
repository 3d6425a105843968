import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import type { RunOptions } from '../helpers/run-node.js';
import { type Request, serve } from './serve.js';
import { assertSameEnd, withoutPreload } from './side-by-side.js';

const test = suite('third-party/servers');

const order: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"item":"lamp","count":2}',
};

interface Server {
  readonly name: string;
  readonly script: string;
  readonly preload?: 'require';
  readonly requests: readonly Request[];
  readonly end: { readonly code: number | null; readonly signal: string | null };
  /** Severity and how the body begins, in any order: Express reports an error after its answer. */
  readonly records: readonly string[];
}

const servers: readonly Server[] = [
  {
    name: 'an Express service that closes on SIGTERM',
    script: 'third-party/express.mjs',
    requests: [['/stock/lamp'], ['/stock/ufo'], ['/orders', order], ['/broken'], ['/nowhere']],
    end: { code: 0, signal: null },
    records: [
      'INFO listening on http://127.0.0.1:',
      'INFO GET /stock/lamp',
      'INFO GET /stock/ufo',
      'WARN Unknown item',
      'INFO POST /orders',
      'INFO Order received',
      'INFO GET /broken',
      'ERROR Error: The warehouse is on fire\n    at ',
      'INFO GET /nowhere',
      'INFO Closing',
      'INFO Closed',
    ],
  },
  {
    name: 'an Express service that SIGTERM ends',
    script: 'third-party/express.cjs',
    preload: 'require',
    requests: [['/?name=Ada'], ['/?name=J%C3%BCrgen']],
    end: { code: null, signal: 'SIGTERM' },
    records: ['INFO listening on http://127.0.0.1:', 'INFO Greeted Ada', 'INFO Greeted Jürgen'],
  },
  {
    name: 'a Fastify service with its default logger',
    script: 'third-party/fastify.mjs',
    requests: [['/stock/lamp'], ['/broken'], ['/nowhere']],
    end: { code: 0, signal: null },
    records: [
      'INFO Server listening at http://127.0.0.1:',
      'WARN listening on http://127.0.0.1:',
      'INFO incoming request',
      'WARN nearly sold out',
      'WARN Looked up lamp',
      'INFO request completed',
      'INFO incoming request',
      'ERROR The warehouse is on fire',
      'INFO request completed',
      'INFO incoming request',
      'INFO Route GET:/nowhere not found',
      'INFO request completed',
      'WARN Closed',
    ],
  },
  {
    name: 'a Fastify service that logs from a worker thread',
    script: 'third-party/fastify-transport.cjs',
    requests: [['/'], ['/']],
    end: { code: 3, signal: null },
    records: [
      'INFO Server listening at http://127.0.0.1:',
      'INFO incoming request',
      'INFO greeting',
      'INFO request completed',
      'INFO incoming request',
      'INFO greeting',
      'INFO request completed',
    ],
  },
];

for (const { name, script, preload = 'import', requests, end, records } of servers) {
  test(
    `${name} answers, prints and ends as without the preload, and what it logs arrives`,
    withCollector(async collector => {
      const options: RunOptions = { script, preload, env: endpointOf(collector) };
      const without = await serve(withoutPreload(options), requests);
      assert.is(collector.requests.length, 0);

      const preloaded = await serve(options, requests);

      assertSameEnd(preloaded, without);
      assert.equal(preloaded.answers, without.answers);
      assert.equal({ code: preloaded.code, signal: preloaded.signal }, end);
      const received = collector.records.map(record => `${record.severityText} ${record.body}`);
      for (const record of records) {
        assert.ok(
          received.some(text => text.startsWith(record)),
          `${record} arrives`,
        );
      }
      assert.is(received.length, records.length);
    }),
  );
}

test.run();
