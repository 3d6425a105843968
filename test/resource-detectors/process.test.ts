import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectProcess } from '../../src/resource-detectors/process.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/process');

test('describes the process, and keeps its arguments to itself', () => {
  const host = fakeHost({ argv: ['/usr/bin/node', '/srv/app.js', '--password=hunter2'] });

  const attributes = detectProcess(host);

  assert.equal(attributes, {
    'process.pid': 42,
    'process.executable.name': 'node',
    'process.executable.path': '/usr/bin/node',
    'process.command': '/srv/app.js',
    'process.owner': 'deploy',
    'process.runtime.name': 'nodejs',
    'process.runtime.version': '20.20.2',
    'process.runtime.description': 'Node.js',
  });
  assert.not.match(JSON.stringify(attributes), 'hunter2');
});

test('does not take an argument of `node -e` for the command', () => {
  const host = fakeHost({ argv: ['/usr/bin/node', 'hunter2'] });

  assert.is(detectProcess(host)['process.command'], undefined);
});

test('leaves out an owner without a name', () => {
  assert.not('process.owner' in detectProcess(fakeHost({ userName: () => undefined })));
});

test('names the executable of a Windows path', () => {
  const host = fakeHost({ platform: 'win32', execPath: 'C:\\Program Files\\nodejs\\node.exe' });

  assert.is(detectProcess(host)['process.executable.name'], 'node.exe');
});

test.run();
