import { isMainThread } from 'node:worker_threads';
import { noteCallSite } from '../call-sites/note-call-site.js';
import type { Config } from '../config.js';
import type { LogRecord } from '../log-record.js';
import { say } from '../self-report.js';
import { LiveRules } from './live-rules.js';
import { RulesReader } from './rules-reader.js';
import type { RulesSource } from './source.js';

export interface RulesStart {
  readonly config: Config;
  readonly packageFolder: string;
  readonly control: Int32Array;
  readonly source: RulesSource | undefined;
  /** Starts the exporter thread, which follows the file. */
  follow(): void;
}

/** The rules of this thread. Every thread reads the file; the main thread says what is wrong with it. */
export function startRules(start: RulesStart): LiveRules {
  const { config, packageFolder, control, source } = start;
  const { maxAttributes, maxValueLength } = config;
  const reader =
    source &&
    new RulesReader({
      source,
      packageFolder,
      surroundings: { maxAttributes, maxValueLength, findCallSite, say },
      say: isMainThread ? say : () => {},
    });
  return new LiveRules({
    control,
    minimumSeverity: config.minimumSeverity,
    readRules: () => reader?.read(),
    follow: source?.path === undefined ? () => {} : start.follow,
  });
}

function findCallSite(record: LogRecord): LogRecord['callSite'] {
  noteCallSite(record);
  return record.callSite;
}
