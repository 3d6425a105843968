import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTROL_SLOTS, SPOOL_GENERATION, SPOOL_OFF } from '../../src/pipeline/protocol.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { Orphan } from '../../src/spool/orphan.js';
import { spoolName } from '../../src/spool/spool-name.js';
import {
  entry,
  letTimePass,
  ownSpool,
  readAllRecords,
  STEM,
  temporaryFolder,
} from '../helpers/spool.js';

const test = suite('spool/own-spool');

const OTHER = '00000000-0000-4000-8000-000000000002';

function create() {
  const folder = temporaryFolder();
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4));
  let claims = 0;
  let nowMs = 0;
  const spool = ownSpool(folder, {
    control,
    onClaimed: () => void claims++,
    monotonicMs: () => nowMs,
  });
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { folder, control, spool, claims: () => claims, wait };
}

function read(spool: ReturnType<typeof ownSpool>, offset: number): string {
  const into = Buffer.alloc(1_000);
  return into.toString('latin1', 0, spool.read(offset, into));
}

test('nothing is made before there is something to keep', () => {
  const { folder, spool } = create();
  spool.setResource(Buffer.from('resource'));
  spool.heartbeat();

  assert.equal(readdirSync(folder), []);
});

test('the run it belongs to is in its name', () => {
  assert.is(spoolName({ folder: '', stem: STEM, runId: 'abc' }, 3), `${STEM}.3@abc`);
});

test('removed, it leaves nothing, and begins anew with the next record', () => {
  const { folder, control, spool } = create();
  spool.append(entry(['1']));
  spool.settle(new RecordList(), spool.endOffset);
  spool.remove();
  assert.equal(readdirSync(folder), []);

  spool.append(entry(['2']));
  assert.equal(readdirSync(folder), [`${STEM}.1`]);
  assert.is(control[SPOOL_GENERATION], 1);
});

test('claimed by another, it begins anew and leaves to the other what is there', () => {
  const { folder, spool, claims } = create();
  spool.append(entry(['1']));
  const claimed = join(folder, `${STEM}.0~${OTHER}.1`);
  renameSync(join(folder, `${STEM}.0`), claimed);
  spool.heartbeat();
  assert.is(claims(), 1);
  spool.append(entry(['2'], { position: 16 }));

  const texts = (path: string) => readAllRecords(new Orphan(path, '')).map(({ text }) => text);
  assert.equal(texts(claimed), ['1']);
  assert.equal(texts(join(folder, `${STEM}.1`)), ['2']);
});

test('deleted, it begins anew, and what was there is still read', () => {
  const { folder, spool, claims } = create();
  const first = entry(['1']);
  spool.append(first);
  rmSync(folder, { recursive: true });
  spool.heartbeat();
  const offset = spool.append(entry(['2']));

  assert.is(claims(), 0);
  assert.is(offset, first.length);
  assert.is(read(spool, 0), first.toString('latin1'));
  assert.ok(existsSync(join(folder, `${STEM}.1`)));
  spool.settle(new RecordList(), spool.endOffset);
  assert.is(read(spool, 0), '');
});

test('once an hour a process that lives shows it by each of its files', () => {
  const { folder, spool, wait } = create();
  spool.append(entry(['1']));
  const path = join(folder, `${STEM}.0`);
  writeFileSync(join(path, '0.through'), '');
  letTimePass(path, 3_600);
  const old = () => readdirSync(path).filter(name => secondsOld(join(path, name)) > 1_800);
  const all = readdirSync(path);

  wait(3_599_000);
  spool.heartbeat();
  assert.equal(old(), all);
  assert.ok(secondsOld(path) < 1_800);
  wait(1_000);
  spool.heartbeat();
  assert.equal(old(), []);
});

function secondsOld(path: string): number {
  return (Date.now() - statSync(path).mtimeMs) / 1000;
}

test('of a thread that is over, nothing is left', () => {
  const { folder, spool } = create();
  spool.append(entry(['1']));
  const through = join(folder, `${STEM}.0`, '5.through');
  writeFileSync(through, entry(['1'], { stream: 5 }));
  spool.forget(5);

  assert.is(existsSync(through), false);
});

test('turned off, application threads are told', () => {
  const { control, spool } = create();
  spool.append(entry(['1']));
  spool.turnOff(new Error('ENOSPC: no space left'));

  assert.is(control[SPOOL_GENERATION], SPOOL_OFF);
  spool.remove();
  assert.is(control[SPOOL_GENERATION], SPOOL_OFF);
});

test.run();
