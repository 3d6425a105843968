// What the programs in test/fixtures/durability do at their end, and what is left to them of it.

export interface Ending {
  readonly name: string;
  /** In test/fixtures/durability. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  /** Whether the last records were logged a while before the end. */
  readonly hasTimeToDrain?: boolean;
  /** Records that the ending itself makes. */
  readonly fatalRecords?: number;
}

function signalled(signal: 'TERM' | 'INT' | 'HUP'): Ending {
  return { name: `SIG${signal}`, script: 'signalled.cjs', args: [signal] };
}

export const ORDERLY_ENDINGS: readonly Ending[] = [
  { name: 'natural end', script: 'natural.cjs' },
  { name: 'process.exit()', script: 'exit.cjs' },
  { name: 'uncaught throw', script: 'throw.cjs', fatalRecords: 1 },
  { name: 'unhandled rejection', script: 'rejection.cjs', fatalRecords: 1 },
  signalled('TERM'),
  signalled('INT'),
  signalled('HUP'),
  { name: 'process.reallyExit()', script: 'really-exit.cjs' },
  { name: 'process.abort()', script: 'abort.cjs' },
  { name: 'worker terminate()', script: 'worker-terminated.cjs' },
];

export const SUDDEN_ENDINGS: readonly Ending[] = [
  { name: 'SIGKILL after console.error', script: 'kill-after-error.cjs' },
  { name: 'SIGKILL after console.log', script: 'kill-after-log.cjs' },
  { name: 'SIGKILL in the first milliseconds', script: 'kill-at-once.cjs' },
  {
    name: 'SIGKILL of a blocked loop',
    script: 'blocked.cjs',
    args: ['KILL'],
    hasTimeToDrain: true,
  },
  {
    name: 'heap out of memory',
    script: 'out-of-memory.cjs',
    nodeArgs: ['--max-old-space-size=32'],
  },
];
