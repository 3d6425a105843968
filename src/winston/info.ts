// What winston 3 calls an info: the object that is made of a log call, and passes formats and transports.

/** As `triple-beam` has them, whichever copy of it. */
export const LEVEL = Symbol.for('level');
export const MESSAGE = Symbol.for('message');
export const SPLAT = Symbol.for('splat');

export interface Info {
  readonly [LEVEL]?: unknown;
  readonly [MESSAGE]?: unknown;
  readonly [SPLAT]?: unknown;
  readonly message?: unknown;
  readonly [key: string]: unknown;
}

/** Of `logform`. */
export interface Format {
  readonly options?: unknown;
  transform?(info: Info, options: unknown): unknown;
}

/** What is read of a logger. */
export interface WinstonLogger {
  readonly silent?: unknown;
  readonly level?: unknown;
  readonly levels?: unknown;
  readonly exitOnError?: unknown;
  readonly format?: Format;
  /** Of `readable-stream`, and of Node's streams. */
  readonly _readableState?: {
    readonly pipes?: unknown;
    readonly length?: number;
    readonly buffer?: unknown;
  };
  readonly _writableState?: { readonly ending?: unknown; readonly destroyed?: unknown };
  readonly _transformState?: { readonly writechunk?: unknown };
}

/** What is read of a transport, or of any stream that a logger is piped into. */
export interface Transport {
  readonly silent?: unknown;
  readonly level?: unknown;
  readonly forceConsole?: unknown;
  readonly handleExceptions?: unknown;
  /** Of what wraps a transport: for exceptions alone, or for one made for winston 2. */
  readonly transport?: Transport;
  readonly constructor?: { readonly name?: unknown };
}

export function isInfo(value: unknown): value is Info {
  return typeof value === 'object' && value !== null;
}
