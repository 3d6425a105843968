import { createCollector } from '../collector.js';
import { medianDifference } from '../measure.js';
import type { Result } from '../report.js';
import { reported, type Subject } from '../subject.js';

/** What a program pays that logs nothing. */
export async function startUp(subject: Subject): Promise<Result[]> {
  const runs = await subject.pair('empty.cjs', 'http://127.0.0.1:9');
  return [
    {
      what: 'start-up, added wall time',
      measured: medianDifference(runs, run => run.wallMs),
      unit: 'ms',
      budget: 45,
    },
    {
      what: 'start-up, added CPU time',
      measured: medianDifference(runs, reported('cpuMs')),
      unit: 'ms',
      budget: 110,
    },
    {
      what: 'peak RSS added, empty script',
      measured: medianDifference(runs, reported('rssKib')) / 1024,
      unit: 'MiB',
      budget: 20,
    },
  ];
}

/** What one pays that logs a line and ends. */
export async function oneLine(subject: Subject): Promise<Result[]> {
  const collector = await createCollector();
  const runs = await subject.pair('one-line.cjs', collector.url);
  const delivered = collector.count() / (subject.rounds + 1);
  await collector.close();
  return [
    {
      what: 'one line and end, added wall time',
      measured: medianDifference(runs, run => run.wallMs),
      unit: 'ms',
      budget: 110,
    },
    {
      what: 'one line and end, delivered',
      measured: delivered * 100,
      unit: '%',
      budget: 100,
      isLeast: true,
    },
  ];
}
