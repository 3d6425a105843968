import type { ContentOptions } from '../convert/console-arguments.js';
import { endsWith, sliceText } from '../convert/intrinsics.js';
import type { AnyFunction, LogRecord, SpanIds } from '../log-record.js';
import { isClaimedText } from '../loggers/claimed-line.js';
import { loggerOutput } from '../loggers/logger-output.js';
import { ownWork, quietly } from '../own-work.js';
import type { SeverityNumber } from '../severity.js';
import { followForwarded } from './forwarded-output.js';
import { LineJoiner } from './line-joiner.js';
import { lineRecord } from './line-record.js';
import { watchStream } from './watch-stream.js';

/** What the bridge needs of the rest. None of these may throw. */
export interface StdioBridgeOptions extends ContentOptions {
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  wants(severity: SeverityNumber): boolean;
  activeSpan(): SpanIds | undefined;
  /** Whether a logger whose calls have records of their own has it written. */
  isSaidByLogger(written: string): boolean;
  emit(record: LogRecord): void;
}

const STREAMS = ['stdout', 'stderr'] as const;

/** Makes records of the lines that the program writes to stdout and stderr past console and loggers. */
export class StdioBridge {
  readonly #options: StdioBridgeOptions;
  readonly #joiners: LineJoiner[] = [];
  #callee: AnyFunction | null = null;

  constructor(options: StdioBridgeOptions) {
    this.#options = options;
  }

  install(): void {
    for (const name of STREAMS) {
      const joiner = new LineJoiner((line, isCut) => this.#onLine(name, line, isCut));
      this.#joiners.push(joiner);
      watchStream(name, (chunk, encoding, callee) => {
        if (ownWork.isRunning || loggerOutput.depth > 0) return;
        this.#callee = callee;
        quietly(() => {
          if (typeof chunk === 'string' && this.#isTold(chunk)) return;
          joiner.add(chunk, encoding);
        });
        this.#callee = null;
      });
    }
    followForwarded();
  }

  #isTold(chunk: string): boolean {
    const isLine = chunk[chunk.length - 1] === '\n';
    const end = chunk.length - (endsWith(chunk, '\r\n') ? 2 : Number(isLine));
    return isClaimedText(chunk) || this.#options.isSaidByLogger(sliceText(chunk, 0, end));
  }

  /** Lines that have begun, and will not be finished: the process ends. */
  settle(): void {
    const joiners = this.#joiners;
    for (let i = 0; i < joiners.length; i++) quietly(() => joiners[i]!.end());
  }

  #onLine(iostream: 'stdout' | 'stderr', line: string, isCut: boolean): void {
    const { clock, wants, emit, activeSpan } = this.#options;
    clock.read();
    const record = lineRecord(
      {
        line,
        isCut,
        iostream,
        timeHigh: clock.high,
        timeLow: clock.low,
        span: activeSpan(),
        callee: this.#callee,
      },
      { limits: this.#options, wants },
    );
    if (record !== undefined) emit(record);
  }
}
