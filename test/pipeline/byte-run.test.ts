import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ByteRun } from '../../src/pipeline/byte-run.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';

const test = suite('pipeline/byte-run');

for (const length of [0, 1, 2, 3, 4, 5, 63, 64, 65]) {
  test(`a run of ${length} bytes is written between its neighbours, at any position`, () => {
    const bytes = Buffer.from(Array.from({ length }, (_, index) => 255 - index));
    const run = new ByteRun(bytes);

    for (let before = 0; before < 5; before++) {
      const writer = new ProtobufWriter(Buffer.alloc(before + length + 4));
      writer.position = before;
      writer.run(run);
      writer.byte(7);

      assert.equal(
        Buffer.from(writer.written()),
        Buffer.concat([Buffer.alloc(before), bytes, Buffer.of(7)]),
      );
    }
  });
}

test('a run stays as it was when its bytes change', () => {
  const bytes = Buffer.of(1, 2, 3);
  const run = new ByteRun(bytes);
  bytes.fill(9);
  const writer = new ProtobufWriter(Buffer.alloc(8));

  writer.run(run);

  assert.equal(Buffer.from(writer.written()), Buffer.of(1, 2, 3));
});

test.run();
