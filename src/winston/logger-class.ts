import { originalMethod } from '../methods/original-method.js';
import { replaceMethod } from '../methods/replace-method.js';
import type { WinstonLogger } from './info.js';
import type { LogCalls } from './log-calls.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, unknown>;

const { apply } = Reflect;

/** The class of winston's loggers, a stream that takes infos and hands them to its transports. */
export class LoggerClass {
  readonly prototype: Methods;

  private constructor(prototype: Methods) {
    this.prototype = prototype;
  }

  /** Undefined if it is not what winston 3 has there. */
  static of(exports: unknown): LoggerClass | undefined {
    if (typeof exports !== 'function') return undefined;
    const prototype = exports.prototype as Methods;
    const isOne = ['_transform', 'write', 'push', 'configure'].every(
      name => typeof prototype[name] === 'function',
    );
    return isOne ? new LoggerClass(prototype) : undefined;
  }

  /**
   * `write` is where a log call ends, `push` where formats have done their work, `pipe` where a
   * transport comes.
   */
  bridge(calls: LogCalls): void {
    this.#replace('write', original => this.#write(calls, original));
    this.#replace('push', original => this.#push(calls, original));
    this.#replace('pipe', original => this.#pipe(calls, original));
  }

  // All in one function: it is a frame in the stack of what formats and transports throw.
  #write(calls: LogCalls, original: () => Method): Method {
    const { write } = {
      write(this: unknown, ...args: unknown[]) {
        const call = calls.begin(this as WinstonLogger, args[0], write);
        if (call === undefined) return apply(original(), this, args);
        let hasReturned = false;
        try {
          const result = apply(original(), this, args);
          hasReturned = true;
          return result;
        } finally {
          calls.end(call, hasReturned);
        }
      },
    };
    return write;
  }

  #push(calls: LogCalls, original: () => Method): Method {
    const { push } = {
      push(this: unknown, ...args: unknown[]) {
        calls.onFormatted(this as WinstonLogger, args[0]);
        return apply(original(), this, args);
      },
    };
    return push;
  }

  #pipe(calls: LogCalls, original: () => Method): Method {
    const { pipe } = {
      pipe(this: unknown, ...args: unknown[]) {
        calls.onTransport(this as WinstonLogger, args[0]);
        return apply(original(), this, args);
      },
    };
    return pipe;
  }

  #replace(name: string, create: (original: () => Method) => Method): void {
    replaceMethod(this.prototype, name, create(originalMethod(this.prototype, name)));
  }
}
