// What of a program's context goes to other processes, and what is taken from their messages.
import { readContextKeys } from './propagation.js';
import { listed } from './traces.js';
import { choice, either, flag, type Reading, reject, text } from './values.js';

const CARRIERS = ['redis-streams', 'redis-pubsub', 'redis-lists'] as const;

/** By which of Redis's commands context travels, as far as that changes what is sent. */
export type RedisCarrier = (typeof CARRIERS)[number];

export interface MessagesConfig {
  /** `OTEL_REGISTER_PROPAGATE_CHILDREN=on|off`: through the environment; default on. */
  readonly hasChildren: boolean;
  /** `OTEL_PROPAGATORS`: whether the trace, and whether fields and baggage, may leave the process. */
  readonly hasTraceContext: boolean;
  readonly hasBaggage: boolean;
  /** `OTEL_REGISTER_CONTEXT_KEYS`: bound while a message that has them is handled. */
  readonly contextKeys: readonly string[];
  /** `OTEL_REGISTER_JOB_TRACE=job|attempt`: whether each attempt is a trace of its own; default job. */
  readonly hasTracePerAttempt: boolean;
  /** `OTEL_REGISTER_PROPAGATE`, default none. */
  readonly redisCarriers: readonly RedisCarrier[];
}

export function readMessages(reading: Reading): MessagesConfig {
  const propagators = listed(reading.env.OTEL_PROPAGATORS || 'tracecontext,baggage');
  const isOff = propagators.includes('none');
  return {
    hasTraceContext: !isOff && propagators.includes('tracecontext'),
    hasBaggage: !isOff && propagators.includes('baggage'),
    hasChildren: flag(reading, 'OTEL_REGISTER_PROPAGATE_CHILDREN', 'on'),
    contextKeys: readContextKeys(reading),
    hasTracePerAttempt:
      choice(reading, 'OTEL_REGISTER_JOB_TRACE', {
        values: ['job', 'attempt'],
        otherwise: 'job',
      }) === 'attempt',
    redisCarriers: readCarriers(reading),
  };
}

function readCarriers(reading: Reading): readonly RedisCarrier[] {
  const name = 'OTEL_REGISTER_PROPAGATE';
  const value = text(reading, name);
  if (value === undefined) return [];
  const given = value
    .toLowerCase()
    .split(',')
    .map(each => each.trim());
  const known = CARRIERS.filter(carrier => given.includes(carrier));
  if (given.some(each => !CARRIERS.includes(each as RedisCarrier))) {
    const used = known.length > 0 ? known.join() : 'none';
    reject(reading, name, `is not a list of ${either(CARRIERS)}; using ${used}`);
  }
  return known;
}
