import { table } from '../helpers/markdown.js';
import { ORDERLY_ENDINGS, SUDDEN_ENDINGS } from './endings.js';
import { type CellResult, cellsOf, runMatrix } from './matrix.js';
import type { Share, Tally } from './tally.js';

const INTRODUCTION = `# Durability

Written by \`npm run durability\`, which runs every program named here and counts what arrives.

## What is saved, and when

| When | A record is |
| --- | --- |
| the console call has returned | in memory that another thread reads; at ERROR and above also in a file |
| some 10 ms later | in a file, whatever its severity, once the exporter thread runs: that takes some 60 ms from the first record on |
| the collector has accepted it | marked as delivered there |
| the program ends by itself, by an error, by \`process.execve()\`, or by SIGTERM, SIGINT or SIGHUP | delivered before the end, or in a file when the collector does not take it in time |

A file that a dead process left is delivered by the next process that logs to the same destination
(endpoint and headers) with the same spool folder: the dead one's silence is waited for, half a minute.
\`otel-register run\` delivers it at once.

## What cannot be saved

- Records below ERROR of the last 10 ms or so before SIGKILL, any other signal that nobody handles, such
  as SIGQUIT or SIGUSR2, an exhausted heap or a crash inside Node, and of the first 60 ms or so of a program that dies so early. \`OTEL_REGISTER_WRITE_THROUGH=info\`
  writes those through as well, for some microseconds each.
- What is in the spool, when the disk goes with the machine or the container: unless the program runs
  under \`otel-register run\`, or the spool is on a volume.
- What a full disk could not take, or what was in a spool that somebody deletes while the program runs, if
  the program ends before the collector is back. Until then it is delivered from memory
  (\`OTEL_REGISTER_MAX_MEMORY_BYTES\`), or from the files that are still open. What a full disk cost is
  said on stderr.
- Power failures: files are handed to the kernel, and not forced to the disk (\`fsync\`).
- More than \`OTEL_REGISTER_SPOOL_MAX_BYTES\`, or older than \`OTEL_REGISTER_SPOOL_MAX_AGE\`, and what the
  collector refuses for good.

A record may arrive twice when a process dies, or is taken for dead, or its exit timeout is over, before
it has the collector's answer: what it sent last, a batch at most, and nothing else. A collector that takes
longer to answer than \`OTEL_EXPORTER_OTLP_TIMEOUT\` is sent the same again, too. The copy of a dead process's
record comes from the spool, and records from there carry \`log.record.uid\`.
`;

const MATRIX = `## Every ending with every collector

Delivered of logged: first ERROR and above, then the rest. "run" is \`otel-register run\`. Each program
logs two INFO to one ERROR, in its first milliseconds, while it runs, and immediately before its end.
Once all have ended, the collectors recover, and another process delivers what is in the spool.
`;

const SUDDEN = `## The last moment of a sudden end

INFO records that were lost, of all collectors together.
`;

const AT_ONCE = `## On a disk that vanishes with the process

Delivered by the time the program, and \`run\`, had ended: what another process would deliver does not
count. The collector is healthy.
`;

const COLUMNS = ['healthy', 'absent', 'hanging', 'answers 503'].flatMap(state => [
  state,
  `${state}, run`,
]);

/** Runs the whole matrix. @returns Text of docs/durability.md. */
export async function reportDurability(): Promise<string> {
  const endings = [...ORDERLY_ENDINGS, ...SUDDEN_ENDINGS];
  const results = await runMatrix(endings);
  const of = endings.map(ending => ({ name: ending.name, cells: cellsOf(results, ending) }));
  const duplicates = results.reduce((sum, { inTheEnd }) => sum + inTheEnd.duplicates, 0);

  return [
    INTRODUCTION,
    MATRIX,
    table(
      ['Ending', ...COLUMNS],
      of.map(({ name, cells }) => [name, ...cells.map(cell => counts(cell.inTheEnd))]),
    ),
    `Records that arrived twice: ${duplicates}.\n`,
    SUDDEN,
    table(
      ['Ending', 'lost of those of the last 20 ms', 'lost of older ones'],
      of.slice(ORDERLY_ENDINGS.length).map(({ name, cells }) => [name, ...lostOf(cells)]),
    ),
    AT_ONCE,
    table(
      ['Ending', 'bare', 'run'],
      of.map(({ name, cells }) => [
        name,
        ...cells.filter(({ state }) => state === 'healthy').map(({ atEnd }) => counts(atEnd)),
      ]),
    ),
  ].join('\n');
}

function lostOf(cells: readonly CellResult[]): [string, string] {
  const late = sum(cells.map(({ inTheEnd }) => inTheEnd.late));
  const rest = sum(cells.map(({ inTheEnd }) => inTheEnd.rest));
  const older = { delivered: rest.delivered - late.delivered, logged: rest.logged - late.logged };
  return [lost(late), lost(older)];
}

function sum(shares: readonly Share[]): Share {
  return {
    delivered: shares.reduce((total, { delivered }) => total + delivered, 0),
    logged: shares.reduce((total, { logged }) => total + logged, 0),
  };
}

function lost({ delivered, logged }: Share): string {
  return `${logged - delivered} of ${logged}`;
}

function counts({ severe, rest }: Tally): string {
  return [severe, rest].map(({ delivered, logged }) => `${delivered}/${logged}`).join(', ');
}
