import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectGpuCloud } from '../../src/resource-detectors/gpu-cloud.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/gpu-cloud');

for (const [what, env, expected] of [
  [
    'SaladCloud',
    { SALAD_MACHINE_ID: 'm1', SALAD_CONTAINER_GROUP_ID: 'g1', SALAD_CONTAINER_GROUP_NAME: 'heavy' },
    {
      'emp.machine.provider': 'salad',
      'emp.machine.id': 'm1',
      'emp.machine.group.id': 'g1',
      'emp.machine.group.name': 'heavy',
    },
  ],
  [
    'SaladCloud without a machine id',
    { SALAD_CONTAINER_GROUP_ID: 'g1' },
    { 'emp.machine.provider': 'salad', 'emp.machine.group.id': 'g1' },
  ],
  [
    'vast.ai',
    { CONTAINER_ID: '12345', VAST_CONTAINERLABEL: 'C.12345' },
    { 'emp.machine.provider': 'vast.ai', 'emp.machine.id': '12345' },
  ],
  [
    'vast.ai with its label alone',
    { VAST_CONTAINERLABEL: 'C.12345' },
    { 'emp.machine.provider': 'vast.ai', 'emp.machine.id': '12345' },
  ],
  [
    'vast.ai with a label of another form',
    { VAST_CONTAINERLABEL: 'mine' },
    { 'emp.machine.provider': 'vast.ai', 'emp.machine.id': 'mine' },
  ],
  [
    'a RunPod pod',
    { RUNPOD_POD_ID: 'p1' },
    { 'emp.machine.provider': 'runpod', 'emp.machine.id': 'p1' },
  ],
  [
    'a RunPod serverless worker',
    { RUNPOD_POD_ID: 'p1', RUNPOD_ENDPOINT_ID: 'e1' },
    { 'emp.machine.provider': 'runpod', 'emp.machine.id': 'p1', 'emp.machine.group.id': 'e1' },
  ],
  ['CONTAINER_ID alone as nothing', { CONTAINER_ID: '12345' }, {}],
  ['blank variables as nothing', { SALAD_MACHINE_ID: ' ', RUNPOD_POD_ID: '' }, {}],
] as const) {
  test(`knows ${what}`, () => {
    assert.equal(detectGpuCloud(fakeHost({ env })), expected);
  });
}

test.run();
