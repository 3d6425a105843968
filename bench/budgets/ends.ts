import { createServer } from 'node:net';
import { createCollector } from '../collector.js';
import { medianDifference, runProgram } from '../measure.js';
import type { Result } from '../report.js';
import type { Subject } from '../subject.js';

/** How long the end of a program is held up. */
export async function ends(subject: Subject): Promise<Result[]> {
  const collector = await createCollector();
  const runs = await subject.pair('exit.cjs', collector.url);
  await collector.close();
  return [
    {
      what: 'exit of a long-lived program, added',
      measured: medianDifference(runs, run => run.endMs),
      unit: 'ms',
      budget: 30,
    },
  ];
}

export async function deadCollector(subject: Subject): Promise<Result[]> {
  const refused = await subject.pair('exit.cjs', 'http://127.0.0.1:9');
  const silent = createServer(socket => socket.on('error', () => {}));
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const hanging = await subject.pair('exit.cjs', `http://127.0.0.1:${port}`);
  silent.close();
  return [
    {
      what: 'exit, collector refuses, added',
      measured: medianDifference(refused, run => run.endMs),
      unit: 'ms',
      budget: 50,
    },
    {
      what: 'exit, collector hangs, added',
      measured: medianDifference(hanging, run => run.endMs),
      unit: 'ms',
      budget: 2000,
    },
  ];
}

/** Whether that delivers everything. */
export async function flood(subject: Subject): Promise<Result[]> {
  const collector = await createCollector();
  const run = await runProgram(subject.preloaded(collector.url), 'flood.cjs');
  const delivered = collector.count();
  await collector.close();
  return [
    {
      what: '200,000 records, then process.exit(): delivered',
      measured: run.code === 0 ? delivered : -1,
      unit: '',
      budget: 200_000,
      isLeast: true,
    },
  ];
}
