import type { Bound } from '../context/log-context.js';
import { boundFrom } from '../propagation/incoming.js';
import type { Outgoing } from '../propagation/outgoing.js';

// https://opentelemetry.io/docs/specs/otel/context/env-carriers/

/**
 * The names of the members of BAGGAGE that are log context. Without it they are somebody else's, and
 * the child's records do not carry them. A peer on the network cannot set it.
 */
const CONTEXT = 'OTEL_REGISTER_CONTEXT';

/** What a parent process, or whatever started this one, told us; undefined for nothing. */
export function readEnvironment(env: NodeJS.ProcessEnv): Bound | undefined {
  const { TRACEPARENT: traceparent, TRACESTATE: tracestate, BAGGAGE: baggage } = env;
  const names = new Set((env[CONTEXT] ?? '').split(','));
  const bound = boundFrom({ traceparent, tracestate, baggage }, name => names.has(name));
  return bound.fields === undefined && bound.trace === undefined ? undefined : bound;
}

const OF_TRACE = ['TRACEPARENT', 'TRACESTATE'];
const OF_BAGGAGE = ['BAGGAGE', CONTEXT];

/** As this process was given them: a child's variable that is still the same was not set by the program. */
export type Inherited = Readonly<Record<string, string | undefined>>;

export function inheritedFrom(env: NodeJS.ProcessEnv): Inherited {
  return Object.fromEntries([...OF_TRACE, ...OF_BAGGAGE].map(name => [name, env[name]]));
}

/**
 * A child's environment with what it is to continue, where the program does not say so itself: a new
 * list, or the same if there is nothing to add.
 *
 * @param pairs Each `NAME=value`.
 */
export function addToPairs(
  pairs: readonly string[],
  outgoing: Outgoing,
  inherited: Inherited,
): readonly string[] {
  const { traceparent, tracestate, baggage, names } = outgoing;
  const isTold = (name: string) => isOwn(pairs, name, inherited);
  let added = pairs;
  if (traceparent !== undefined && !OF_TRACE.some(isTold)) {
    added = replaced(added, { TRACEPARENT: traceparent, TRACESTATE: tracestate });
  }
  if (baggage !== undefined && !OF_BAGGAGE.some(isTold)) {
    added = replaced(added, { BAGGAGE: baggage, [CONTEXT]: names.join() || undefined });
  }
  return added;
}

function isOwn(pairs: readonly string[], name: string, inherited: Inherited): boolean {
  const pair = pairs.find(each => each.startsWith(`${name}=`));
  return pair !== undefined && pair !== `${name}=${inherited[name]}`;
}

function replaced(pairs: readonly string[], values: Inherited): readonly string[] {
  const names = Object.keys(values);
  const others = pairs.filter(pair => !names.some(name => pair.startsWith(`${name}=`)));
  const ours = names.filter(name => values[name] !== undefined);
  return [...others, ...ours.map(name => `${name}=${values[name]}`)];
}
