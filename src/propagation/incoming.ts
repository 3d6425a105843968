import { readContextFields } from '../context/context-fields.js';
import type { Bound } from '../context/log-context.js';
import { formatMembers, parseMembers } from './baggage-members.js';
import type { Carrier } from './carrier.js';
import { remoteContext } from './remote-context.js';

/**
 * What another process told, to be bound here.
 *
 * @param isField Which members of the baggage are log context; the rest is only passed on.
 */
export function boundFrom(carrier: Carrier, isField: (name: string) => boolean): Bound {
  const members = parseMembers(carrier.baggage);
  const fields = members.filter(({ name }) => isField(name));
  const others = members.filter(({ name }) => !isField(name));
  const bound = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return {
    fields: fields.length > 0 ? readContextFields(bound, undefined) : undefined,
    trace: remoteContext({ ...carrier, baggage: formatMembers(others) }),
  };
}
