import { attempt } from '../attempt.js';
import type { Bound, LogContext } from '../context/log-context.js';
import { SurroundedEmit } from '../http/surround-emit.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import type { MessageBindings } from './message-bindings.js';
import type { MessageFields } from './message-fields.js';

export interface MessagesOptions {
  readonly context: LogContext;
  readonly fields: MessageFields;
  readonly bindings: MessageBindings;
}

type Execute = (this: unknown, ...args: unknown[]) => unknown;
type Handle = (this: unknown, reply: unknown, ...more: unknown[]) => unknown;

const { apply } = Reflect;

/** Where the message is among the arguments of each event of a subscriber's. */
const MESSAGE_AT: Readonly<Record<string, number>> = {
  message: 2,
  messageBuffer: 2,
  pmessage: 3,
  pmessageBuffer: 3,
  smessage: 2,
  smessageBuffer: 2,
};

const WHO_IT_IS = ['request_id', 'session_id', 'customer_id'];

/** Binds the known fields of a message while the program's listeners handle it. */
export function bindMessages({ context, fields, bindings }: MessagesOptions): void {
  const onRedis = new SurroundedEmit((_client, args) => {
    const at = typeof args[0] === 'string' ? MESSAGE_AT[args[0]] : undefined;
    return at === undefined ? undefined : enter(context, bindings.ofMessage(args[at]));
  });
  for (const file of ['built/Redis.js', 'built/cluster/index.js', 'built/redis/index.js']) {
    onPackageLoad('ioredis', file, exports => onRedis.ofObject(prototypeOf(exports, 'default')));
  }

  // `[kind, channel, message]`, or with the pattern before the channel.
  const around = (handle: Handle): Handle =>
    function (this: unknown, ...args: unknown[]) {
      const reply = args[0] as readonly unknown[] | undefined;
      const after = enter(
        context,
        attempt(() => bindings.ofMessage(reply?.[reply.length - 1])),
      );
      try {
        return apply(handle, this, args);
      } finally {
        after?.();
      }
    };
  onPackageLoad('@redis/client', 'dist/lib/client/pub-sub.js', exports => {
    const prototype = prototypeOf(exports, 'PubSub') as { handleMessageReply: Handle };
    const { handleMessageReply } = prototype;
    replaceMethod(prototype, 'handleMessageReply', around(handleMessageReply));
  });

  onPackageLoad('@redis/client', 'dist/lib/client/pool.js', exports => {
    keepContext(context, prototypeOf(exports, 'RedisClientPool') as { execute: Execute });
  });

  bindSockets({ context, fields });
}

// What waits for a client is run by whoever gives one back, who does something else.
function keepContext(context: LogContext, prototype: { execute: Execute }): void {
  const { execute } = prototype;
  replaceMethod(prototype, 'execute', function (this: unknown, ...args: unknown[]): unknown {
    const [task, ...rest] = args;
    if (typeof task !== 'function') return apply(execute, this, args);
    const bound = context.bound();
    const kept = (...given: unknown[]) =>
      context.bound() === bound
        ? apply(task, undefined, given)
        : context.applyAs(bound, task as never, undefined, given);
    return apply(execute, this, [kept, ...rest]);
  });
}

// What a peer sends does not change what is known of it. Whoever connects to a server may be anybody: it
// is believed which job it talks about, and not who it is, for what is bound goes on to other programs.
function bindSockets({ context, fields }: Pick<MessagesOptions, 'context' | 'fields'>): void {
  const onSocket = new SurroundedEmit((socket, args) => {
    if (args[0] !== 'message') return undefined;
    const found = fields.ofMessage(args[1]);
    if (found === undefined) return undefined;
    const isOfServer = (socket as { readonly _isServer?: unknown })._isServer === true;
    if (isOfServer) for (const key of WHO_IT_IS) delete found[key];
    for (const key of context.current()?.keys ?? []) delete found[key];
    return enter(context, context.with(found));
  });
  onPackageLoad('ws', 'lib/websocket.js', exports => {
    onSocket.ofObject((exports as { prototype: object }).prototype);
  });
}

function enter(context: LogContext, bound: Bound | undefined): (() => void) | undefined {
  if (bound === undefined) return undefined;
  const before = context.bound();
  context.enter(bound);
  return () => context.enter(before);
}

function prototypeOf(exports: unknown, name: string): object {
  return (exports as Record<string, { prototype: object }>)[name]!.prototype;
}
