import type { Options } from '../arguments.js';

export const VIEW_OPTIONS = {
  port: {
    type: 'string',
    value: 'n',
    summary: 'where programs send to (default 4318; 0: any free one)',
  },
  'ui-port': {
    type: 'string',
    value: 'n',
    summary: 'where the page is (default 4319; 0: any free one)',
  },
  'no-ui': { type: 'boolean', summary: 'no page: print what arrives' },
  json: { type: 'boolean', summary: 'print what arrives as lines of JSON' },
  db: {
    type: 'string',
    value: 'file',
    summary: 'keep it in this file (Node 22.13 or newer), and show what it holds',
  },
  'max-records': {
    type: 'string',
    value: 'n',
    summary: 'keep so many records, the newest ones (default 1000000)',
  },
  'max-bytes': {
    type: 'string',
    value: 'n',
    summary: 'take at most so much space (default 1 GiB; in memory 256 MiB)',
  },
} as const satisfies Options;
