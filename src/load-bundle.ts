import { createRequire } from 'node:module';
import { withoutSpans } from './otel/without-spans.js';

/** Loads a built file of ours when it is first needed; `file` is absolute. */
export function loadBundle<Bundle>(file: string): Bundle {
  return withoutSpans(() => createRequire(file)(file) as Bundle);
}
