import { appendFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageEntry } from '../helpers/packed-package.js';
import { folderOf, type Observed, observe, type Way } from './observe.js';
import { SETUPS, type Setup } from './setups.js';

const test = suite('coexistence/coexistence');

const ours = ['--import', pathToFileURL(packageEntry('import')).href];

// In our place, for Node reads the files of a preload, and instrumentation-fs tells.
const NOTHING = ['--import', './nothing.mjs'];

/** Flags without us, and with us. */
interface Compared extends Omit<Way, 'nodeArgs'> {
  readonly bare: readonly string[];
  readonly preloaded: readonly string[];
}

const APP_WAYS: Readonly<Record<string, Compared>> = {
  'first in the program': { ...plain('app.cjs', 'first') },
  'first in an ES module': { ...plain('app.mjs', 'first') },
  'later, while it runs': { ...plain('app.cjs', 'later') },
};

for (const [name, setup] of Object.entries(SETUPS)) {
  const folder = folderOf(name);
  if (folder === undefined) {
    console.log(`skipped: ${setup.title} is not installed, see "npm run test:coexistence"`);
  }
  for (const [way, compared] of Object.entries(waysOf(setup))) {
    const it = folder === undefined ? test.skip : test;
    it(`${setup.title}, ${way}: as without us, and records with its ids`, async () => {
      const { bare, preloaded, script, starts } = compared;
      const without = await observe(setup, folder!, { script, starts, nodeArgs: bare });
      const withUs = await observe(setup, folder!, { script, starts, nodeArgs: preloaded });
      // What has patched nothing in time has no spans of HTTP: the three made by hand are left.
      assert.ok(without.spans.length >= (starts === 'later' ? 3 : 5), without.spans.join('\n'));
      assertSame(withUs, without);
      assertIds(withUs, setup);
      if (setup.hasIds) assert.is(withUs.otlpSpanCount, without.otlpSpanCount);
      report(name, way);
    });
  }
}

function plain(script: string, starts: Way['starts']): Compared {
  return { script, starts, bare: NOTHING, preloaded: ours };
}

function waysOf(setup: Setup): Readonly<Record<string, Compared>> {
  const own =
    setup.preload === undefined ? ['--import', setup.tracing] : ['--import', setup.preload];
  const around: Readonly<Record<string, Compared>> = {
    'in a preload before ours': {
      script: 'app.cjs',
      starts: 'preload',
      bare: [...own, ...NOTHING],
      preloaded: [...own, ...ours],
    },
    'in a preload after ours': {
      script: 'app.cjs',
      starts: 'preload',
      bare: [...NOTHING, ...own],
      preloaded: [...ours, ...own],
    },
  };
  return setup.preload === undefined ? { ...APP_WAYS, ...around } : around;
}

function assertSame(withUs: Observed, without: Observed): void {
  assert.equal(withUs.spans, without.spans);
  assert.equal(withUs.output, without.output);
  assert.is(withUs.errors, without.errors);
  assert.is(withUs.ending, without.ending);
  assert.equal(withUs.ownLogs, without.ownLogs);
  assert.equal(without.consoleLogs, []);
}

const TWICE = ['at work', 'still at work'];
const LINES = new Set(['starting', 'handling /one', 'handling /two', 'done', ...TWICE]);

function assertIds({ consoleLogs }: Observed, { hasIds }: Setup): void {
  // The tracing itself may print, too, where we come first.
  const ofProgram = consoleLogs.filter(({ body }) => LINES.has(`${body}`));
  const bodies = ofProgram.map(({ body }) => body);
  assert.equal(bodies.toSorted(), [...LINES, ...TWICE].sort(), 'each line is one record');
  if (!hasIds) return;
  for (const { body, attributes, traceId, spanId } of ofProgram) {
    if (body === 'starting' || body === 'done') continue;
    assert.equal([traceId, spanId], [attributes.trace ?? '', attributes.span ?? ''], `${body}`);
  }
}

// For the page that scripts/coexistence.mjs writes.
function report(setup: string, way: string): void {
  const file = process.env.COEXISTENCE_REPORT;
  if (file)
    appendFileSync(file, `${JSON.stringify({ setup, title: SETUPS[setup]!.title, way })}\n`);
}

test.run();
