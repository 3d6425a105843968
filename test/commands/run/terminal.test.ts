import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isForegroundGroup } from '../../../src/commands/run/terminal.js';

const test = suite('commands/run/terminal');

const processes: readonly (readonly [what: string, stat: string, isForeground: boolean])[] = [
  ['with the terminal', '812 (node) S 700 812 700 34816 812 4194304 1', true],
  ['in the background', '812 (node) S 700 812 700 34816 700 4194304 1', false],
  ['without a terminal', '812 (node) S 700 812 700 0 -1 4194304 1', false],
  ['of an odd name', '812 (my) 1 (app) S 700 812 700 34816 812 4194304 1', true],
];

for (const [what, stat, isForeground] of processes) {
  test(`a process ${what} is ${isForeground ? '' : 'not '}in the foreground`, () => {
    assert.is(isForegroundGroup(stat), isForeground);
  });
}

test.run();
