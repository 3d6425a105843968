import { weakSetAdd, weakSetHas } from '../convert/intrinsics.js';
import { type Info, isInfo, LEVEL, MESSAGE, type Transport, type WinstonLogger } from './info.js';
import { consoleUsers, isConsoleUser, isOutput } from './outputs.js';
import { ToldLines } from './told-lines.js';

/** What `readable-stream` keeps until somebody reads it. */
interface Kept {
  readonly data?: unknown;
  readonly next?: Kept | null;
}

/** Lines that transports may print by the console after the log call: its record says them already. */
export class ExpectedLines {
  readonly #toldLines = new ToldLines();
  /** Infos that have a record, and that no transport has seen yet. */
  readonly #kept = new WeakSet<object>();

  /** @param printed So many lines of it were printed during the call. */
  expect(logger: WinstonLogger, formatted: Info, printed: number): void {
    const { [LEVEL]: level } = formatted;
    if (logger._readableState?.length && isOutput(logger, level)) weakSetAdd(this.#kept, formatted);
    const count = consoleUsers(logger, level) - printed;
    if (count > 0) this.#add(formatted, count);
  }

  /** A transport that is added gets what the logger has kept, for want of one or for a moment. */
  onTransport(logger: WinstonLogger, transport: unknown): void {
    if (!isInfo(transport)) return;
    const { buffer } = logger._readableState ?? {};
    let kept = (buffer as { readonly head?: Kept | null } | undefined)?.head;
    for (; kept; kept = kept.next) {
      const { data } = kept;
      if (!isInfo(data) || !weakSetHas(this.#kept, data)) continue;
      if (isConsoleUser(transport as Transport, logger, data[LEVEL])) this.#add(data, 1);
    }
  }

  /** Whether `printed` is one of them, which counts once. */
  take(printed: string): boolean {
    return this.#toldLines.take(printed);
  }

  #add({ [MESSAGE]: text, message }: Info, count: number): void {
    this.#toldLines.add(message === text ? [text] : [text, message], count);
  }
}
