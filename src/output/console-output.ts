import type { LogFormat } from '../config/output.js';
import { MAX_BODY_LENGTH } from '../convert/limits.js';
import { plainText } from '../convert/plain-text.js';
import type { LogRecord } from '../log-record.js';
import { WITHHELD } from '../redaction/mask.js';
import { FATAL, type SeverityNumber } from '../severity.js';
import { amendedJsonLine, parseJsonObject } from './amended-json-line.js';
import { bareHumanLine, humanLine } from './human-line.js';
import { bareJsonLine, jsonLine } from './json-line.js';
import { jsonObject, jsonValue } from './json-text.js';
import { levelName } from './level-name.js';
import { writeToStderr } from './write-to-stderr.js';

export interface ConsoleOutputOptions {
  readonly format: LogFormat;
  readonly service: string | undefined;
  /** Takes secrets out of a text; undefined leaves them in. */
  readonly redactText?: ((text: string) => string) | undefined;
  readonly path: { prepare(record: LogRecord): boolean; send(record: LogRecord): void };
}

/** What is about to be printed, and where. */
export interface Printing {
  readonly record: LogRecord;
  /** The console's own text, without group indentation. */
  readonly printed: string;
  /** The one argument there was, if it was a text. */
  readonly argument: string | undefined;
  readonly indentation: string;
  readonly hasColours: boolean;
}

/** Prints records in place of what the console made of its arguments. */
export class ConsoleOutput {
  readonly #options: ConsoleOutputOptions;

  constructor(options: ConsoleOutputOptions) {
    this.#options = options;
  }

  get hasColours(): boolean {
    return this.#options.format === 'console';
  }

  /** Prepares the record. Answers its line, or undefined if nobody is to see it. */
  line(printing: Printing): string | undefined {
    return this.#options.format === 'json' ? this.#json(printing) : this.#human(printing);
  }

  /** Where that failed: there may be too little stack left, also to look for secrets. */
  bareLine(printed: string, severity: SeverityNumber): string {
    const bare = this.#options.format === 'json' ? bareJsonLine : bareHumanLine;
    return bare(this.#redacted(printed), levelName(severity));
  }

  #redacted(printed: string): string {
    const { redactText } = this.#options;
    if (redactText === undefined) return printed;
    try {
      return redactText(printed);
    } catch {
      return WITHHELD;
    }
  }

  send(record: LogRecord): void {
    this.#options.path.send(record);
  }

  /** As `path.emit`. The end of the process is one line of JSON, too, before what Node prints of it. */
  emitCrash(record: LogRecord): void {
    const { format, service, path } = this.#options;
    if (!path.prepare(record)) return;
    if (format === 'json' && record.severityNumber >= FATAL) {
      writeToStderr(`${jsonLine(record, service)}\n`);
    }
    path.send(record);
  }

  #json({ record, printed, argument }: Printing): string | undefined {
    const { path, service } = this.#options;
    const parsed = argument === printed ? parseJsonObject(printed) : undefined;
    if (parsed === undefined || this.#hidesSecrets(record, printed)) {
      return path.prepare(record) ? jsonLine(record, service) : undefined;
    }
    const count = record.attributes?.keys.length ?? 0;
    const before = contentText(record, count);
    const { severityText } = record;
    if (!path.prepare(record)) return undefined;
    // The line as it was would show what is not to be seen, or a level that a rule has changed.
    const isChanged = record.severityText !== severityText || contentText(record, count) !== before;
    if (isChanged) return jsonLine(record, service);
    return amendedJsonLine({ text: printed, parsed }, record, count);
  }

  // A line that is longer, deeper or wider than a record: the path will not see all of it.
  #hidesSecrets(record: LogRecord, printed: string): boolean {
    const { redactText } = this.#options;
    const isCut = record.isTruncated === true || printed.length > MAX_BODY_LENGTH;
    return isCut && redactText !== undefined && redactText(printed) !== printed;
  }

  #human({ record, printed, indentation, hasColours }: Printing): string | undefined {
    const shownKeys = isWhole(record, printed) ? copyOf(record.attributes?.keys ?? []) : undefined;
    if (!this.#options.path.prepare(record)) return undefined;
    return humanLine(record, { indentation, hasColours, shownKeys });
  }
}

function contentText({ body, attributes }: LogRecord, count: number): string {
  const text = body === undefined ? '' : jsonValue(body);
  return attributes === undefined ? text : text + jsonObject(attributes, count);
}

/** Whether the record's text is all that the console would have printed, fields and stack included. */
function isWhole({ body }: LogRecord, printed: string): boolean {
  return body === printed || body === plainText(printed);
}

// The list itself grows while the record is prepared.
function copyOf(keys: readonly string[]): string[] {
  const copy: string[] = [];
  for (let i = 0; i < keys.length; i++) copy[i] = keys[i]!;
  return copy;
}
