import { LogFields, type LogValue } from '../log-record.js';
import { type Ancestors, asArgument, asInstance, within } from './ancestors.js';
import { ownErrorKeys } from './error-parts.js';
import { claimException, describeException } from './exception.js';
import { isReserved, unusedKey } from './field-keys.js';
import { getOwnPropertyDescriptor, hasOwn, max, min, newArray, objectKeys } from './intrinsics.js';
import { type Budget, MAX_VALUES } from './limits.js';
import { toLogValue } from './log-value.js';
import { hasVisibleSymbols } from './objects.js';
import { accessorText } from './opaque-text.js';

/**
 * The own enumerable fields of a plain object as attributes, up to the limit. A name of ours is kept
 * under `user.`. Nobody looks for symbols: that would take 40 ns of the commonest call there is.
 */
export function topLevelFields(object: object, budget: Budget): LogFields {
  return ownFields(objectKeys(object), asArgument(object), budget, budget.maxAttributes);
}

/** As {@link topLevelFields}, of these alone. The array is ours, and becomes the names of the fields. */
export function chosenFields(object: object, keys: string[], budget: Budget): LogFields {
  return ownFields(keys, asArgument(object), budget, budget.maxAttributes);
}

/** As {@link topLevelFields}, after those there are. A name that is taken becomes `name.2`. */
export function furtherFields(object: object, budget: Budget, before: LogFields): LogFields {
  return addFields(before, objectKeys(object), asArgument(object), budget);
}

/** As {@link furtherFields}, of an instance of a class. */
export function instanceFields(object: object, budget: Budget, before: LogFields): LogFields {
  return addFields(before, objectKeys(object), asInstance(asArgument(object)), budget);
}

/** As {@link furtherFields}, of what the application added to an error. */
export function errorFields(error: Error, budget: Budget, before: LogFields): LogFields {
  const inner = asInstance(within(error, undefined));
  return addFields(before, ownErrorKeys(error, budget, true), inner, budget);
}

/** The own enumerable fields of `object`, as they are named there. */
export function readFields(object: object, budget: Budget): LogFields {
  return fieldsWithin(within(object, undefined), budget);
}

/** As {@link readFields}, of the innermost object. */
export function fieldsWithin(inner: Ancestors, budget: Budget): LogFields {
  lookForSymbols(inner.object, budget);
  return ownFields(objectKeys(inner.object), inner, budget);
}

/** The fields of an error that lies in another value: what makes it one, then its own. */
export function nestedErrorFields(inner: Ancestors, budget: Budget): LogFields {
  const error = inner.object as Error;
  const isTold = inner.outer?.isArgument === true && claimException(error, budget);
  const exception = isTold ? budget.exception! : describeException(error, budget);
  const fields = new LogFields();
  fields.add('type', exception.type);
  fields.add('message', exception.message);
  if (exception.code !== undefined) fields.add('code', exception.code);
  if (!isTold && exception.stacktrace !== undefined) {
    fields.add('stacktrace', budget.text(exception.stacktrace));
  }
  lookForSymbols(error, budget);
  const own = ownFields(ownErrorKeys(error, budget, true), asInstance(inner), budget);
  return append(fields, own);
}

/**
 * @param keys An array of ours: what it becomes are the names of the fields.
 * @param maxAttributes Set if they are to be attributes.
 */
function ownFields(
  keys: string[],
  inner: Ancestors,
  budget: Budget,
  maxAttributes?: number,
): LogFields {
  const { object } = inner;
  const isTopLevel = maxAttributes !== undefined;
  const count = keys.length;
  const room = isTopLevel && maxAttributes < count ? max(maxAttributes, 0) : count;
  const values: LogValue[] = newArray(min(room, MAX_VALUES));
  let mayRepeat = false;
  let i = 0;
  for (; i < room && budget.hasRoom; i++) {
    const key = keys[i]!;
    const kept = budget.key(key);
    const name = isTopLevel && isReserved(kept) ? `user.${kept}` : kept;
    values[i] = fieldValue(object, key, budget, inner);
    mayRepeat ||= name !== key;
    if (mayRepeat) keys[i] = unusedKey(keys, i, name);
  }
  if (i < count) {
    if (isTopLevel) budget.droppedAttributes += count - i;
    budget.isTruncated = true;
    keys.length = i;
    values.length = i;
  }
  return new LogFields(keys, values);
}

// A getter is named, not run, as `console.log` does it. A hole is printed as empty, and sent as null;
// it counts, or a sparse array would have no end.
export function fieldValue(
  object: object,
  key: string | number,
  budget: Budget,
  inner: Ancestors,
): LogValue {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return toLogValue(undefined, budget);
  const { value } = descriptor;
  if (value !== undefined || hasOwn(descriptor, 'value')) return toLogValue(value, budget, inner);
  budget.valuesLeft--;
  return accessorText(descriptor);
}

function lookForSymbols(object: object, budget: Budget): void {
  if (budget.isPrinted && hasVisibleSymbols(object)) budget.isPrintedFuller = true;
}

function addFields(before: LogFields, keys: string[], inner: Ancestors, budget: Budget): LogFields {
  const room = budget.maxAttributes - before.keys.length;
  lookForSymbols(inner.object, budget);
  return append(before, ownFields(keys, inner, budget, room));
}

function append(before: LogFields, more: LogFields): LogFields {
  const { keys } = before;
  for (let i = 0; i < more.keys.length; i++) {
    before.add(unusedKey(keys, keys.length, more.keys[i]!), more.values[i]!);
  }
  return before;
}
