import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';

// Of a key and of a value, in UTF-16 units; the limit OpenTelemetry JS 3 has.
const MAX_LENGTH = 255;

/**
 * What the operator says about the resource, which beats everything detected. Read whatever
 * OTEL_NODE_RESOURCE_DETECTORS lists: somebody who names a service wants to find it.
 */
export function detectEnvironment(host: Host): ResourceAttributes {
  const { attributes } = parseResourceAttributes(host.env.OTEL_RESOURCE_ATTRIBUTES ?? '');
  // `service.name=$UNSET` in a template must not take away the name we detected.
  const { 'service.name': name, ...others } = attributes;
  const serviceName = firstVariable(host.env, 'OTEL_SERVICE_NAME') ?? name;
  return serviceName ? { ...others, 'service.name': serviceName } : others;
}

/**
 * Entries of `OTEL_RESOURCE_ATTRIBUTES`, and those that cannot be read, as they were written.
 * The specification drops all of them for one bad one: a stray `%` would cost the service's name.
 * For the same reason a bare `=` in a value is taken as meant.
 */
export function parseResourceAttributes(text: string): {
  readonly attributes: Readonly<Record<string, string>>;
  readonly bad: string[];
} {
  const good: [key: string, value: string][] = [];
  const bad: string[] = [];

  for (const part of text.split(',')) {
    const entry = part.trim();
    if (entry === '') continue;
    const pair = parseEntry(entry);
    if (pair) good.push(pair);
    else bad.push(entry);
  }
  return { attributes: Object.fromEntries(good), bad };
}

function parseEntry(entry: string): [key: string, value: string] | undefined {
  const equals = entry.indexOf('=');
  if (equals === -1) return undefined;
  const key = percentDecoded(entry.slice(0, equals).trim());
  const value = percentDecoded(entry.slice(equals + 1).trim());
  if (!key || value === undefined) return undefined;
  return key.length <= MAX_LENGTH && value.length <= MAX_LENGTH ? [key, value] : undefined;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // `100%`: the caller reports the entry it stands in.
    return undefined;
  }
}
