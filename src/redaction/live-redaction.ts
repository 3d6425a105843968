import { createRedaction, type Redaction, type RedactionOptions } from './redaction.js';

/** Redaction by the configuration, and by what a file of rules that may change adds to it. */
export function createLiveRedaction(
  names: RedactionOptions,
  rules: { readonly redact: RedactionOptions | undefined },
): Redaction {
  let added: RedactionOptions | undefined;
  let redaction = createRedaction(names);
  const current = () => {
    if (rules.redact !== added) {
      added = rules.redact;
      redaction = createRedaction(joined(names, added ?? {}));
    }
    return redaction;
  };
  return {
    record: record => current().record(record),
    fields: fields => current().fields(fields),
    text: text => current().text(text),
  };
}

function joined(one: RedactionOptions, other: RedactionOptions): RedactionOptions {
  return {
    keys: [...(one.keys ?? []), ...(other.keys ?? [])],
    patterns: [...(one.patterns ?? []), ...(other.patterns ?? [])],
    allowedKeys: [...(one.allowedKeys ?? []), ...(other.allowedKeys ?? [])],
  };
}
