import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectGpu } from '../../src/resource-detectors/gpu.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/gpu');

const information = (model: string) => `Model: \t\t ${model}\nIRQ:   \t\t 33\nGPU UUID: \t GPU-1\n`;
const fileOf = (card: string) => `/proc/driver/nvidia/gpus/${card}/information`;

for (const [what, models, expected] of [
  ['one card', ['NVIDIA GeForce RTX 4090'], [1, 'NVIDIA GeForce RTX 4090']],
  ['like cards once', ['NVIDIA H100', 'NVIDIA H100'], [2, 'NVIDIA H100']],
  ['unlike cards in order', ['Tesla T4', 'NVIDIA A40'], [2, 'NVIDIA A40, Tesla T4']],
] as const) {
  test(`names ${what} and counts them`, () => {
    const files = Object.fromEntries(
      models.map((model, index) => [fileOf(`0000:0${index}:00.0`), information(model)]),
    );

    assert.equal(detectGpu(fakeHost({ files })), {
      'emp.gpu.count': expected[0],
      'emp.gpu.model': expected[1],
    });
  });
}

for (const text of ['', 'Model:\n', 'Model: \t\t Unknown\n', '\0'.repeat(1000)]) {
  test(`counts a card whose information is ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.equal(detectGpu(fakeHost({ files: { [fileOf('0')]: text } })), { 'emp.gpu.count': 1 });
  });
}

test('counts cards whose information cannot be read', () => {
  const host = fakeHost({ list: () => ['0', '1'], readText: () => undefined });

  assert.equal(detectGpu(host), { 'emp.gpu.count': 2 });
});

test('says nothing on a machine without cards', () => {
  assert.equal(detectGpu(fakeHost()), {});
});

test.run();
