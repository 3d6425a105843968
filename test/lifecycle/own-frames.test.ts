import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hideOwnFrames, isCalledByNode } from '../../src/lifecycle/own-frames.js';

const test = suite('lifecycle/own-frames');

const OWN_FOLDER = new URL('../../src/lifecycle/', import.meta.url).href;

test('a frame of ours is taken out of a stack, and no other line', () => {
  const error = new Error('broken');
  const lines = ['Error: broken', '    at run (/app/run.js:1:2)', '    at process.processTimers'];
  const [first, second, third] = lines;
  error.stack = [first, second, `    at emit (${OWN_FOLDER}process-emit.js:3:4)`, third].join('\n');

  hideOwnFrames(error);

  assert.equal(error.stack.split('\n'), lines);
});

for (const [name, value] of Object.entries({
  null: null,
  text: 'text',
  'a frozen error': Object.freeze(new Error('frozen')),
  'an error without a stack': Object.assign(new Error('none'), { stack: undefined }),
  'an error with a getter that throws': Object.defineProperty(new Error('getter'), 'stack', {
    get: () => {
      throw new Error('from the getter');
    },
  }),
})) {
  test(`${name} is left as it is`, () => {
    hideOwnFrames(value);
  });
}

test('a function called from JavaScript is not called by Node', () => {
  function callee(): boolean {
    return isCalledByNode(callee);
  }

  assert.is(callee(), false);
});

test('asking for the caller leaves the settings of stacks alone', () => {
  const before = Object.getOwnPropertyDescriptors(Error);

  isCalledByNode(isCalledByNode);

  assert.equal(Object.getOwnPropertyDescriptors(Error), before);
});

test.run();
