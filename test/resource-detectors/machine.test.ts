import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectMachine, detectOs } from '../../src/resource-detectors/machine.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/machine');

const ID = '4c4c4544004a35108052c4c04f4a3332';

for (const [arch, expected] of [
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
  ['arm', 'arm32'],
  ['ia32', 'x86'],
  ['s390x', 's390x'],
  ['riscv64', 'riscv64'],
] as const) {
  test(`calls the architecture ${arch} ${expected}`, () => {
    assert.is(detectMachine(fakeHost({ arch }))['host.arch'], expected);
  });
}

for (const [platform, expected] of [
  ['linux', 'linux'],
  ['darwin', 'darwin'],
  ['win32', 'windows'],
  ['sunos', 'solaris'],
] as const) {
  test(`calls the platform ${platform} ${expected}`, () => {
    assert.equal(detectOs(fakeHost({ platform })), {
      'os.type': expected,
      'os.version': '6.1.0',
    });
  });
}

for (const file of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
  test(`reads host.id from ${file}`, () => {
    const host = fakeHost({ files: { [file]: `${ID}\n` } });

    assert.equal(detectMachine(host), {
      'host.name': 'machine-7',
      'host.arch': 'amd64',
      'host.id': ID,
    });
  });
}

for (const text of ['', '\n', 'uninitialized\n', 'x'.repeat(65_536)]) {
  test(`takes the second file when the first has ${text.length} characters of no id`, () => {
    const host = fakeHost({
      files: { '/etc/machine-id': text, '/var/lib/dbus/machine-id': ID },
    });

    assert.is(detectMachine(host)['host.id'], ID);
  });
}

test('leaves host.id and an empty host name out', () => {
  assert.equal(detectMachine(fakeHost({ hostname: () => '' })), { 'host.arch': 'amd64' });
});

test.run();
