import type { Options } from '../arguments.js';

export const DOCTOR_OPTIONS = {
  json: { type: 'boolean', summary: 'print findings as JSON' },
  'no-send': { type: 'boolean', summary: 'send nothing: connect alone' },
  'timeout-ms': {
    type: 'string',
    value: 'ms',
    summary: 'how long the collector may take to answer (default 5000)',
  },
  'node-options': {
    type: 'string',
    value: 'options',
    takesDashes: true,
    summary: 'look at these in place of NODE_OPTIONS',
  },
} as const satisfies Options;
