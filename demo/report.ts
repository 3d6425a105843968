import { counted } from '../src/viewer/page/format.js';
import { commonFields, fieldsCell } from './cells.js';
import type { FollowedJob } from './followed-job.js';
import type { Job } from './job-lines.js';
import type { Outcome } from './jobs.js';
import type { Paint } from './paint.js';
import { MAIN_POOL } from './services.js';
import { formatTable, paintKeys } from './table.js';
import { cut } from './text-width.js';
import { formatWaterfall } from './waterfall.js';

export interface Report {
  start(
    preload: readonly string[],
    receiverUrl: string,
    workerPools: readonly string[],
    redisUrl: string | undefined,
  ): void;
  /** What a service printed. */
  printed(line: string): void;
  jobs(outcomes: ReadonlyMap<Job, Outcome>): void;
  followed(job: Job, followed: FollowedJob, pageUrl: string): void;
  goesOn(): void;
  endsNow(): void;
}

/** What the demo says, in lines no wider than `width` but for addresses. */
export function createReport(write: (text: string) => void, width: number, paint: Paint): Report {
  const lines: string[] = [];
  const print = (...texts: readonly string[]) => write(texts.map(text => `${text}\n`).join(''));
  const heading = (text: string) => print('', paint('bold', text));

  return {
    start(preload, receiverUrl, workerPools, redisUrl) {
      const variables = `EMP_POOL=${workerPools[0]} OTEL_EXPORTER_OTLP_ENDPOINT=${receiverUrl}`;
      const command = paint('bold', ['node', ...preload].join(' '));
      print('', paint('gray', `$ ${variables} \\`), `    ${command} examples/worker/app.js`, '');
      const others = workerPools.slice(1).join(', ');
      print(`Likewise a worker in ${others}; api, collector and webhook in ${MAIN_POOL}.`);
      const way =
        redisUrl === undefined ? 'HTTP, as no Redis answers' : 'BullMQ, as there is a Redis';
      print(`Jobs go to the workers by ${way}.`);
    },

    printed: line => lines.push(line),

    jobs(outcomes) {
      const ends = [...outcomes.values()];
      const count = (outcome: Outcome) =>
        `${ends.filter(end => end === outcome).length} ${outcome}`;
      const [completed, ...others] = (['completed', 'failed', 'rejected'] as const).map(count);
      print(`${counted(ends.length, 'job')}: ${[completed, ...others].join(', ')}.`);
    },

    followed(job, { records, spans, traceId, missing }, pageUrl) {
      heading(`job ${job.job_id} failed: here is every line of it across four services`);
      const common = cut(`each with ${fieldsCell(commonFields(records))}`, width);
      print(paintKeys(common, paint), '');
      if (records.length > 0) print(...formatTable(records, width, paint));
      if (spans.length > 0) {
        heading('its trace');
        print(...formatWaterfall(spans, width, paint));
      }
      const naming = lines.filter(line => line.includes(job.job_id)).length;
      print(
        '',
        `Of ${counted(lines.length, 'line')} that the services printed, ${naming} name it.`,
      );
      for (const line of missing) print(paint('red', `Missing: ${line}`));
      heading('on the page');
      if (traceId) print(`its trace      ${paint('cyan', `${pageUrl}/?trace=${traceId}`)}`);
      const filter = `filter=job_id%3A${job.job_id}`;
      print(`all its lines  ${paint('cyan', `${pageUrl}/?${filter}`)}`);
    },

    endsNow: () =>
      print('', paint('gray', 'The page has ended with this run; without --once it stays.')),

    goesOn: () =>
      print('', paint('gray', 'More jobs arrive every few seconds. Ctrl-C ends all of it.')),
  };
}
