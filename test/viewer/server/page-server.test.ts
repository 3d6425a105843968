import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ask, askWith, send, withViewer } from '../viewing.js';

const test = suite('viewer/server/page-server');

test(
  'the page and its two files are served, and nothing else of their folder',
  withViewer(async ({ pageUrl }) => {
    const types = { '/': 'text/html', '/page.js': 'text/javascript', '/page.css': 'text/css' };
    for (const [path, type] of Object.entries(types)) {
      const response = await fetch(pageUrl + path);
      assert.match(response.headers.get('content-type')!, type);
      assert.match(await response.text(), "the page's ");
    }
    assert.is((await fetch(`${pageUrl}/favicon.ico`)).status, 200);
    for (const path of [
      '/page.html',
      '/secret.txt',
      '/..%2fpage.js',
      '/../package.json',
      '/constructor',
    ]) {
      assert.is((await askWith(pageUrl + path, {})).status, 404, path);
    }
  }),
);

test(
  'every answer forbids foreign code, guessing of types and being framed',
  withViewer(async ({ pageUrl }) => {
    for (const path of ['/', '/api/status', '/nothing']) {
      const { headers } = await askWith(pageUrl + path, {});
      assert.match(headers['content-security-policy'] as string, /^default-src 'self';/);
      assert.not.match(headers['content-security-policy'] as string, 'unsafe');
      assert.is(headers['x-content-type-options'], 'nosniff');
      assert.is(headers['x-frame-options'], 'DENY');
      assert.is(headers['access-control-allow-origin'], undefined);
    }
  }),
);

const FOREIGN = 'https://evil.example';
const LINK = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

const ASKED: readonly (readonly [who: string, headers: Record<string, string>, status: number])[] =
  [
    ['a program', {}, 200],
    ['the page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
    ['the bar of addresses', { ...LINK, 'sec-fetch-site': 'none' }, 200],
    ['a link of another site', LINK, 200],
    ['a name that was given our address', { host: 'evil.example' }, 421],
    ['such a name with our port', { host: 'evil.example:4319' }, 421],
    ['a name that begins like ours', { host: 'localhost.evil.example' }, 421],
    ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
    ['a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
    [
      'an image of another site',
      { ...LINK, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      403,
    ],
    ['a frame of another site', { ...LINK, 'sec-fetch-dest': 'iframe' }, 403],
    ['a script of an older browser', { origin: FOREIGN }, 403],
    ['a page of no site', { origin: 'null' }, 403],
  ];

for (const [who, headers, status] of ASKED) {
  test(
    `${who} is answered with ${status}`,
    withViewer(async ({ pageUrl }) => {
      assert.is((await askWith(`${pageUrl}/api/status`, headers)).status, status);
    }),
  );
}

test(
  'records are cleared by a POST of the page, and by nothing else',
  withViewer(async viewer => {
    await send(viewer, [{ body: { stringValue: 'stays' } }]);
    const url = `${viewer.pageUrl}/api/clear`;
    const header = { 'x-otel-register-view': '1' };
    const own = { ...header, origin: viewer.pageUrl };

    assert.is((await askWith(url, own)).status, 404);
    assert.is((await askWith(url, {}, 'POST')).status, 403);
    assert.is((await askWith(url, { ...header, origin: FOREIGN }, 'POST')).status, 403);
    assert.is((await askWith(url, { ...header, ...LINK }, 'POST')).status, 403);
    assert.is((await ask(viewer, 'status')).recordCount, 1);

    assert.is((await askWith(url, own, 'POST')).status, 204);
    assert.is((await ask(viewer, 'status')).recordCount, 0);
  }),
);

test(
  'a question that makes no sense is answered all the same',
  withViewer(async viewer => {
    await send(viewer, [{ body: { stringValue: 'a' } }, { body: { stringValue: 'b' } }]);
    for (const query of [
      'limit=-1',
      'limit=x',
      'limit=1e99',
      'from=-5',
      'before=',
      'to=NaN&after=-1',
      'from=1e300',
    ]) {
      for (const path of ['records', 'histogram', 'call-sites'])
        await ask(viewer, `${path}?${query}`);
    }
    const histogram = await ask(viewer, 'histogram?from=0&to=9e15&buckets=1e9');
    assert.is(histogram.counts.length, 500);
    assert.is((await askWith(`${viewer.pageUrl}/api/records/99`, {})).status, 404);
    assert.is((await askWith(`${viewer.pageUrl}/api/records/x`, {})).status, 404);
    assert.is((await askWith(`${viewer.pageUrl}/api/traces/xyz`, {})).status, 404);
  }),
);

test.run();
