import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RecordsPage, ViewedRecord, ViewedTrace } from '../src/viewer/api.js';
import { REPOSITORY } from './services.js';

export interface DemoViewer {
  readonly receiverUrl: string;
  readonly pageUrl: string;
  /** Newest first, at most 1,000. */
  records(filter: string): Promise<readonly ViewedRecord[]>;
  trace(traceId: string): Promise<ViewedTrace>;
  stop(): Promise<void>;
}

const COMMAND = join(REPOSITORY, 'bin/otel-register');

/** Starts `otel-register view` on free ports. */
export async function startViewer(): Promise<DemoViewer> {
  const args = [COMMAND, 'view', '--port', '0', '--ui-port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let printed = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (/ENDPOINT=\S+ /.test(printed)) break;
  }
  // Nothing more is expected of it, but it must not wait for us to read.
  child.stdout.resume();
  const receiverUrl = /ENDPOINT=(\S+)/.exec(printed)?.[1];
  const pageUrl = /^http:\S+$/m.exec(printed)?.[0];
  if (receiverUrl === undefined || pageUrl === undefined) {
    throw new Error('otel-register view did not start.');
  }

  const ask = async (path: string) => {
    const response = await fetch(`${pageUrl}/api/${path}`);
    if (!response.ok) throw new Error(`/api/${path}: ${response.status}`);
    return response.json();
  };
  return {
    receiverUrl,
    pageUrl,
    records: async filter => {
      const query = new URLSearchParams({ filter, limit: '1000' });
      return ((await ask(`records?${query}`)) as RecordsPage).records;
    },
    trace: async traceId => (await ask(`traces/${traceId}`)) as ViewedTrace,
    stop: async () => {
      child.kill();
      await closed;
    },
  };
}
