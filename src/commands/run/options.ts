import { LEVEL_NAMES } from '../../severity.js';
import type { Options } from '../arguments.js';

export const RUN_OPTIONS = {
  endpoint: {
    type: 'string',
    value: 'url',
    summary: 'the collector, in place of what the environment says',
  },
  service: { type: 'string', value: 'name', summary: 'service.name' },
  pool: { type: 'string', value: 'name', summary: 'pool of machines (emp.pool.name)' },
  level: { type: 'string', value: 'level', choices: LEVEL_NAMES, summary: 'least severity sent' },
  view: { type: 'boolean', summary: 'start otel-register view as well, and send there' },
} as const satisfies Options;
