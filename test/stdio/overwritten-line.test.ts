import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LineJoiner } from '../../src/stdio/line-joiner.js';
import { lastShown } from '../../src/stdio/overwritten-line.js';

const test = suite('stdio/overwritten-line');

const lines: readonly (readonly [line: string, shown: string])[] = [
  ['plain', 'plain'],
  ['', ''],
  ['1%\r2%', '2%'],
  ['1%\r2%\r', '2%'],
  ['windows\r\r', 'windows'],
  ['\x1b[1G1%\x1b[0K\x1b[1G2%\x1b[0K', '2%\x1b[0K'],
  ['1%\x1b[0G2%\x1b[G3%', '3%'],
  ['gone\x1b[2K\x1b[1Gdone', 'done'],
  ['gone\x1b[2K\x1b[1G', ''],
  ['stays\x1b[1G\x1b[?25h', 'stays'],
  ['stays\r\x1b[?25h\r', 'stays'],
];

for (const [line, shown] of lines) {
  test(`of ${JSON.stringify(line)} a terminal shows ${JSON.stringify(shown)}`, () => {
    assert.is(lastShown(line), shown);
  });
}

for (const [what, piece] of [
  ['returns before', (n: number) => `\r${n}% of all`],
  ['returns after', (n: number) => `${n}% of all\r`],
  ['erases', (n: number) => `\x1b[2K\x1b[1G${n}% of all`],
] as const) {
  test(`a progress bar that ${what} is one line, however long it takes`, () => {
    const told: unknown[] = [];
    const joiner = new LineJoiner((line, isCut) => told.push([line.replace('\x1b[1G', ''), isCut]));
    for (let n = 0; n < 30_000; n++) joiner.add(piece(n), undefined);
    joiner.add('\n', undefined);
    assert.equal(told, [['29999% of all', false]]);
  });
}

test('a line of returns alone takes no time, and says nothing', () => {
  const told: unknown[] = [];
  const joiner = new LineJoiner(line => told.push(line));
  for (let n = 0; n < 100; n++) joiner.add('\r'.repeat(60_000), undefined);
  joiner.add('\n', undefined);
  assert.equal(told, []);
});

test.run();
