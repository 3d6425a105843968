import { connect } from 'node:http2';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { recordsWhileServing } from './serving.js';

const test = suite('http/bind-requests');

const COUNT = 12;
const LINES = ['received', 'read', 'worked', 'finished'];

for (const kind of ['http', 'nested', 'subclass', 'express', 'fastify', 'koa']) {
  test(`with ${kind}, each line of a request carries its id, and no other's`, async () => {
    const visit = async (url: string) => {
      const posts = Array.from({ length: COUNT }, (_, n) => post(`${url}/${n}`, String(n)));
      await Promise.all(posts);
      await fetch(`${url}/end`).catch(() => {});
    };

    const records = await recordsWhileServing(
      { script: 'requests/serve.cjs', args: [kind] },
      visit,
    );

    for (let n = 0; n < COUNT; n++) {
      const lines = records.filter(({ attributes }) => attributes.path === `/${n}`);
      assert.equal(
        lines.map(({ body }) => body),
        LINES,
      );
      const ids = new Set(lines.map(({ attributes }) => attributes.request_id));
      assert.equal([...ids], [n % 2 === 0 ? `given-${n}` : [...ids][0]]);
    }
    assert.is(idsOf(records).size, COUNT + 1);
    for (const id of idsOf(records)) assert.match(String(id), /^(given-\d+|req_[\da-f-]{36})$/);
  });
}

test('with the compatible interface of http2, too', async () => {
  const visit = async (url: string) => {
    const session = connect(url);
    await new Promise<void>((resolve, reject) => {
      const stream = session.request({ ':method': 'POST', ':path': '/1', 'x-request-id': 'given' });
      stream.on('error', reject).on('end', resolve).resume().end('body');
    });
    session.request({ ':path': '/end' }).on('error', () => {});
    session.on('error', () => {}).on('close', () => {});
  };

  const records = await recordsWhileServing(
    { script: 'requests/serve.cjs', args: ['http2'] },
    visit,
  );

  const lines = records.filter(({ attributes }) => attributes.path === '/1');
  assert.equal(
    lines.map(({ body }) => body),
    LINES,
  );
  assert.equal([...idsOf(lines)], ['given']);
});

const answers: readonly (readonly [
  setting: string | undefined,
  given: string | undefined,
  answered: RegExp | null,
])[] = [
  [undefined, 'abc-1', /^abc-1$/],
  [undefined, undefined, null],
  [undefined, 'a b', null],
  [undefined, 'x'.repeat(129), null],
  ['always', undefined, /^req_/],
  ['always', '<script>', /^req_/],
  ['off', 'abc-1', null],
];
for (const [setting, given, answered] of answers) {
  const name = given === undefined ? 'no id' : given.slice(0, 20);
  test(`OTEL_REGISTER_REQUEST_ID_HEADER=${setting ?? ''} answers ${name} with ${answered}`, async () => {
    let header: string | null = '';
    const visit = async (url: string) => {
      const response = await post(
        `${url}/1`,
        '',
        given === undefined ? {} : { 'X-Request-ID': given },
      );
      header = response.headers.get('x-request-id');
      await fetch(`${url}/end`).catch(() => {});
    };

    await recordsWhileServing(
      {
        script: 'requests/serve.cjs',
        args: ['http'],
        env: { OTEL_REGISTER_REQUEST_ID_HEADER: setting },
      },
      visit,
    );

    if (answered === null) assert.is(header, null);
    else assert.match(header, answered);
  });
}

function post(url: string, body: string, headers?: Record<string, string>): Promise<Response> {
  const n = Number(url.slice(url.lastIndexOf('/') + 1));
  const given: Record<string, string> = n % 2 === 0 ? { 'x-request-id': `given-${n}` } : {};
  const type = { 'content-type': 'text/plain' };
  return fetch(url, { method: 'POST', body, headers: { ...type, ...(headers ?? given) } });
}

function idsOf(records: readonly ReceivedLog[]): ReadonlySet<unknown> {
  return new Set(records.map(({ attributes }) => attributes.request_id));
}

test.run();
