import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Receiver } from '../receiver/receiver.js';
import { createReceiver } from '../receiver/receiver.js';
import { linesOf, runBoth } from './ending-comparison.js';

// Every method of a built-in throws, from before the first line is logged.
const test = suite('preload/console-replaced');

const BUILT_INS: readonly (readonly [holder: string, except?: string])[] = [
  // Without these Node 24 itself prints nothing, or does not end well.
  ['Array.prototype', 'push pop includes'],
  ['String.prototype', 'indexOf'],
  ['Map.prototype', 'Symbol.iterator'],
  // And without these it starts no thread: path, events and `apply` are what its Worker is made of.
  ['Function.prototype', 'apply call'],
  ['require("path")', 'resolve isAbsolute toNamespacedPath'],
  ['Array'],
  ['String'],
  ['Number'],
  ['Number.prototype'],
  ['Object'],
  ['Object.prototype'],
  ['Set.prototype'],
  ['WeakMap.prototype'],
  ['Math'],
  ['Reflect'],
  ['JSON'],
  ['Atomics'],
  ['Date'],
  ['Date.prototype'],
  ['RegExp.prototype'],
  ['BigInt'],
  ['BigInt.prototype'],
  ['Object.getPrototypeOf(Uint8Array.prototype)'],
  ['Object.getPrototypeOf(Uint8Array)'],
  ['Buffer'],
  ['Buffer.prototype'],
  ['ArrayBuffer'],
  ['DataView.prototype'],
  ['Promise.prototype'],
  ['Object.getPrototypeOf([][Symbol.iterator]())'],
  ['Object.getPrototypeOf(new Map().entries())'],
  ['Object.getPrototypeOf(new Set().values())'],
  ['Error.prototype'],
  ['performance'],
  ['require("fs")'],
  ['require("os")'],
  ['require("crypto")'],
  ['require("worker_threads")'],
];

const LOGGED = ['text', 'fields', 'failed', 'json', 'last'];

for (const [holder, except = ''] of BUILT_INS) {
  const kept = except.split(' ').filter(name => name !== '');
  const what = kept.length === 0 ? holder : `${holder} but ${kept.join(', ')}`;

  test(`${what}: output and end are the program's, and its records arrive`, async () => {
    const collector = await createReceiver();
    try {
      await compare(collector, [holder, ...kept.map(name => `-${name}`)]);
    } finally {
      await collector.close();
    }
  });
}

async function compare(collector: Receiver, args: readonly string[]): Promise<void> {
  const { bare, ours } = await runBoth(collector, '../console/replaced-builtins.cjs', { args });

  assert.equal(linesOf(ours.stdout), linesOf(bare.stdout));
  assert.equal(linesOf(ours.stderr), linesOf(bare.stderr));
  assert.equal([ours.code, ours.signal], [bare.code, bare.signal]);
  // Some Node versions cannot go on without some of these: then there is no more to be compared.
  if (bare.code !== 0) return;
  assert.equal(
    collector.records.map(({ body }) => String(body)),
    LOGGED,
  );
}

test.run();
