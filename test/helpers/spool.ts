import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTRY_HEADER_BYTES, sealEntry } from '../../src/pipeline/entry.js';
import { CONTROL_SLOTS, TAG_SCOPE } from '../../src/pipeline/protocol.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import type { RecordSource } from '../../src/pipeline/supply.js';
import { OwnSpool, type OwnSpoolOptions } from '../../src/spool/own-spool.js';
import { frameBytes } from './frames.js';

export const STEM = '00000000-0000-4000-8000-000000000001';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of a destination, gone when the tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-spool-'));
  made.push(folder);
  return folder;
}

/** One sealed entry of records with these texts. */
export function entry(texts: readonly string[], { stream = 0, position = 0, scope = '' } = {}) {
  const frames = texts.map(text => frameBytes(Buffer.from(text)));
  if (scope !== '') frames.unshift(frameBytes(Buffer.from(scope), { tag: TAG_SCOPE, severity: 0 }));
  const content = Buffer.concat(frames);
  const bytes = Buffer.concat([Buffer.alloc(ENTRY_HEADER_BYTES), content]);
  sealEntry(bytes, 0, { frameBytes: content.length, stream, position });
  return bytes;
}

export function ownSpool(folder: string, options: Partial<OwnSpoolOptions> = {}): OwnSpool {
  return new OwnSpool({
    place: { folder, stem: STEM },
    control: new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4)),
    prelude: () => Buffer.alloc(0),
    onClaimed: () => {},
    ...options,
  });
}

/** Takes everything, so many records at a time, and settles it. */
export function readAllRecords(source: RecordSource, atOnce = Infinity) {
  const all: { text: string; scope: string; stream: number; position: number }[] = [];
  for (;;) {
    const records = new RecordList();
    source.take(records, Infinity, atOnce);
    if (records.count === 0) return all;
    for (let i = 0; i < records.count; i++) {
      all.push({
        text: records.page(i).toString('utf8', records.starts[i], records.ends[i]),
        scope: Buffer.from(records.scopes[records.scopeIndexes[i]!]!).toString(),
        stream: records.streams[i]!,
        position: records.positions[i]!,
      });
    }
    source.settle(records);
  }
}

/** As if nobody had shown to be alive for so long. */
export function letTimePass(folder: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), then, then);
}
