/**
 * The machine and process as detectors may see them. Injected, so that a test can describe a
 * machine it does not run on.
 */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** As `process.arch`. */
  readonly arch: string;
  readonly argv: readonly string[];
  readonly execPath: string;
  readonly cwd: string;
  readonly pid: number;
  readonly nodeVersion: string;
  hostname(): string;
  osVersion(): string;
  userName(): string | undefined;
  /** The file's text, or undefined if it cannot be read. Synchronous: it must not use libuv's thread pool. */
  readText(path: string): string | undefined;
  /** Names in a folder, or an empty list. */
  list(path: string): readonly string[];
  /** One HTTP request to a link-local metadata service; undefined on any failure or when `signal` aborts. */
  fetchText(
    url: string,
    options: {
      readonly method?: 'GET' | 'PUT';
      readonly headers?: Readonly<Record<string, string>>;
      readonly signal: AbortSignal;
    },
  ): Promise<string | undefined>;
}

/** OTLP resources carry scalars and lists of one scalar type. */
export type ResourceValue = string | number | boolean | readonly string[];
export type ResourceAttributes = Readonly<Record<string, ResourceValue>>;
