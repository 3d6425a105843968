import type { RedisCarrier } from '../config/messages.js';
import { isArray } from '../convert/intrinsics.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import type { Carrier } from '../propagation/carrier.js';
import { withCarrier } from './json-payload.js';
import { addFields } from './stream-fields.js';

export interface AmendCommandsOptions {
  readonly redisCarriers: readonly RedisCarrier[];
  /** What is to be told here and now. */
  outgoing(): Carrier | undefined;
}

type Arguments = readonly unknown[];
type Amend = (args: Arguments, carrier: Carrier) => Arguments;

interface Command {
  readonly name?: unknown;
  args?: unknown;
}

const { apply } = Reflect;

/** The commands that may be amended, by what has to be asked for. */
const AMENDS: Readonly<Record<string, readonly [by: RedisCarrier, amend: Amend]>> = {
  xadd: ['redis-streams', addFields],
  publish: ['redis-pubsub', amendPayloads],
  spublish: ['redis-pubsub', amendPayloads],
  lpush: ['redis-lists', amendPayloads],
  rpush: ['redis-lists', amendPayloads],
  lpushx: ['redis-lists', amendPayloads],
  rpushx: ['redis-lists', amendPayloads],
};

/**
 * Of ioredis 5 and 4. Pipelines first of all take commands, and send them where something else may be
 * going on: one that ioredis makes by itself has those of several requests.
 */
const SENDERS = [
  'built/Redis.js',
  'built/redis/index.js',
  'built/cluster/index.js',
  'built/Pipeline.js',
  'built/pipeline.js',
];

/** Has what a program writes to Redis carry what is going on, as far as that was asked for. */
export function amendCommands(options: AmendCommandsOptions): void {
  const amended = new WeakSet<object>();
  // A command may be sent again, after a reconnect for instance, where something else is going on.
  const onIoredis = (command: Command | undefined) => {
    if (typeof command !== 'object' || command === null || amended.has(command)) return;
    amended.add(command);
    if (isArray(command.args)) command.args = amend(options, command.name, command.args);
  };
  for (const file of SENDERS) {
    before('ioredis', file, 'sendCommand', args => {
      onIoredis(args[0] as Command);
      return args;
    });
  }
  before('@redis/client', 'dist/lib/client/commands-queue.js', 'addCommand', args => {
    const [command, ...rest] = args;
    if (!isArray(command)) return args;
    const given = command as Arguments;
    const changed = amend(options, given[0], given.slice(1));
    return changed.length === given.length - 1 && changed.every((arg, i) => arg === given[i + 1])
      ? args
      : [
          Object.assign([given[0], ...changed], { preserve: Reflect.get(given, 'preserve') }),
          ...rest,
        ];
  });
}

// Called in the stack of the program's own call, so that what goes on there is told.
function before(
  packageName: string,
  file: string,
  key: string,
  change: (args: Arguments) => Arguments,
): void {
  onPackageLoad(packageName, file, exports => {
    const { prototype } = (exports as { default: { prototype: object } }).default;
    const original = Reflect.get(prototype, key) as (...args: never[]) => unknown;
    replaceMethod(prototype, key, function (this: unknown, ...args: unknown[]): unknown {
      return apply(original, this, attempt(change, args));
    });
  });
}

function attempt(change: (args: Arguments) => Arguments, args: Arguments): Arguments {
  try {
    return change(args);
  } catch {
    // It is sent as it is.
    return args;
  }
}

function amend(options: AmendCommandsOptions, name: unknown, args: Arguments): Arguments {
  const [by, change] = AMENDS[String(name).toLowerCase()] ?? [];
  if (by === undefined || change === undefined || !options.redisCarriers.includes(by)) return args;
  const carrier = options.outgoing();
  return carrier === undefined ? args : change(args, carrier);
}

// The first is the key or the channel.
function amendPayloads(args: Arguments, carrier: Carrier): Arguments {
  return args.map((arg, index) => (index === 0 ? arg : withCarrier(arg, carrier)));
}
