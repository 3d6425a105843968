import { request as httpRequest } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('http/responses');

const PATHS = [
  '/implicit',
  '/none',
  '/reason',
  '/object',
  '/cases',
  '/flat',
  '/pairs',
  '/odd-pairs',
  '/set',
  '/set-and-object',
  '/own',
  '/own-object',
  '/own-flat',
  '/appended',
  '/names',
  '/empty-name',
  '/derived',
  '/not-modified',
];

interface Answer {
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

const bare = await answers({ preload: false });
const given = await answers({});
const silent = await answers({ env: { OTEL_REGISTER_REQUEST_ID_HEADER: 'off' } });

for (const [index, path] of PATHS.entries()) {
  test(`an answer written as ${path} is the same but for one line`, () => {
    const before = bare[index]!;
    const after = given[index]!;
    const isOwn = /own|appended/.test(path);
    const isRefused = path === '/empty-name' || before.body.startsWith('threw');

    assert.equal({ ...after, headers: [] }, { ...before, headers: [] });
    if (isOwn) assert.equal(after.headers, before.headers);
    else if (!isRefused) {
      const without = linesOf(after).filter(line => line !== 'x-request-id: abc');
      assert.equal(without, linesOf(before));
      assert.is(linesOf(after).length, linesOf(before).length + 1);
    }
  });

  test(`an answer written as ${path} is the same where none is to be named`, () => {
    assert.equal(silent[index], bare[index]);
  });
}

function linesOf({ headers }: Answer): string[] {
  return headers
    .map((name, index) => `${name.toLowerCase()}: ${headers[index + 1]}`)
    .filter((_, index) => index % 2 === 0);
}

async function answers(options: {
  readonly preload?: boolean;
  readonly env?: EnvironmentChanges;
}): Promise<readonly Answer[]> {
  let asking: Promise<Answer[]> = Promise.resolve([]);
  await runNode({
    script: 'requests/responds.cjs',
    ...options,
    onSpawn: child => {
      asking = listeningUrl(child).then(async url => {
        const all: Answer[] = [];
        for (const path of PATHS) all.push(await ask(url + path));
        await ask(`${url}/end`).catch(() => {});
        return all;
      });
      asking.catch(() => child.kill('SIGKILL'));
    },
  });
  return asking;
}

function ask(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { agent: false, headers: { 'x-request-id': 'abc' } },
      response => {
        let body = '';
        response.on('data', chunk => {
          body += chunk;
        });
        response.on('end', () => {
          const { statusCode: status, statusMessage: reason, rawHeaders: headers } = response;
          resolve({ status, reason, headers, body });
        });
      },
    );
    request.on('error', reject).end();
  });
}

test.run();
