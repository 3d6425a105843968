import { findApiDoor } from './context/api-door.js';

/**
 * Fields of a log context, by name. Values are text (up to 1024 UTF-16 units are kept), numbers,
 * booleans and bigints; null and undefined take a name away again. At most 32 fields are kept, with
 * names of up to 128 units; names that records use themselves (`log.…`, `code.…`, `exception.…`,
 * `thread.id`) are left out, and so are values of other kinds: nothing of it throws.
 */
export type LogContext = Readonly<
  Record<string, string | number | boolean | bigint | null | undefined>
>;

/** Options of {@link flush}. */
export interface FlushOptions {
  /**
   * How long to wait for the collector. Whatever is not a finite number is the default.
   *
   * @unit milliseconds
   * @defaultValue `5000`
   */
  readonly timeoutMs?: number;
}

const FLUSH_TIMEOUT_MS = 5_000;

/**
 * Calls `run` with `fields` bound: every record logged in it, and in whatever it starts or awaits,
 * carries them as attributes, on top of those bound around it. What the call itself says by the same
 * name holds. Without the preload it just calls `run`.
 *
 * @returns What `run` returns; what it throws is thrown.
 * @example
 * ```js
 * await withLogContext({ job_id: job.id }, () => handle(job));
 * ```
 */
export function withLogContext<T>(fields: LogContext, run: () => T): T {
  const door = findApiDoor();
  return door === undefined ? run() : door.runWithLogContext(fields, run);
}

/**
 * Binds `fields` from here on: to the rest of this asynchronous function, and to all that is called
 * from it. Its caller's records, after an `await`, do not carry them: there, use
 * {@link withLogContext}. Without the preload it does nothing.
 *
 * @example
 * ```js
 * setLogContext({ step_id: 'upscale' });
 * setLogContext({ step_id: null }); // takes it away again
 * ```
 * @see https://nodejs.org/api/async_context.html#asynclocalstorageenterwithstore
 */
export function setLogContext(fields: LogContext): void {
  findApiDoor()?.bindLogContext(fields);
}

/**
 * Calls `run` with what `message` says bound: the trace and the fields it carries, and those of its own
 * that `OTEL_REGISTER_CONTEXT_KEYS` names (default: `request_id`, `job_id`, `step_id`, `task_id`,
 * `session_id`, `customer_id`, `service_required`). For loops that take their messages by themselves
 * (`BRPOP`, `XREAD`). Without the preload, or where the message says nothing, it just calls `run`.
 *
 * @param message JSON as text or bytes, the object it was parsed to, or what a client has of a
 *   stream's entry: an object, or names and values in turn. Of JSON up to 64 KiB are read.
 * @returns What `run` returns; what it throws is thrown.
 * @example
 * ```js
 * const [, message] = await redis.brpop('jobs', 0);
 * await withMessageContext(message, () => handle(JSON.parse(message)));
 * ```
 */
export function withMessageContext<T>(message: unknown, run: () => T): T {
  const door = findApiDoor();
  return door?.runWithMessage === undefined ? run() : door.runWithMessage(message, run);
}

/**
 * The fields bound here, those that came with a request, a message or a parent process included.
 *
 * @returns A copy; empty without any, or without the preload.
 */
export function logContext(): Record<string, string | number | boolean | bigint> {
  const bound = findApiDoor()?.currentLogContext();
  const entries = bound?.keys.map((key, index) => [key, bound.values[index]]) ?? [];
  return Object.fromEntries(entries);
}

/**
 * Waits until everything logged so far, by all threads of the process, has reached the collector.
 * Does not block the event loop, and keeps the process alive while it waits. There is no need for it
 * before the process ends.
 *
 * @returns Whether it has; true without the preload, which has nothing to deliver. Never rejects.
 * @example
 * ```js
 * if (!(await flush({ timeoutMs: 500 }))) process.exitCode = 1;
 * ```
 */
export async function flush(options?: FlushOptions): Promise<boolean> {
  // Called from JavaScript, too: whatever is no time is the default.
  const asked = options?.timeoutMs;
  const timeoutMs = Number.isFinite(asked) ? (asked as number) : FLUSH_TIMEOUT_MS;
  return (await findApiDoor()?.flush(timeoutMs)) ?? true;
}
