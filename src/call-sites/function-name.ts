import { sliceText, startsWith } from '../convert/intrinsics.js';
import { cutText } from '../convert/limits.js';
import type { Frame } from './frames.js';

/** Of code that makes names up; nobody queries by a longer one. */
const MAX_LENGTH = 256;

/**
 * The function as a stack trace names it: `name`, `Class.method`, `new Class`. Never by the name of
 * the property it was called by: V8 would go through all properties of the receiver for it.
 */
export function functionName(frame: Frame): string | undefined {
  const name = frame.getFunctionName();
  if (!name) return undefined;
  if (frame.isConstructor()) return cutText(`new ${name}`, MAX_LENGTH);
  const typeName = frame.isToplevel() ? null : frame.getTypeName();
  if (!typeName || isQualified(name, typeName)) return cutText(name, MAX_LENGTH);
  return cutText(`${typeName}.${name}`, MAX_LENGTH);
}

// V8 calls what is assigned to `Class.method` by that whole name.
function isQualified(name: string, typeName: string): boolean {
  return startsWith(name, typeName) && sliceText(name, typeName.length)[0] === '.';
}
