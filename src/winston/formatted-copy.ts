import { types } from 'node:util';
import { apply } from '../convert/intrinsics.js';
import { type Info, isInfo, type WinstonLogger } from './info.js';

const { create, getOwnPropertyDescriptors, getPrototypeOf } = Object;

/**
 * What the formats of a logger would make of an info that they have not come to: what they hide stays
 * hidden. Of a copy, for they change it, and may yet come to it. Undefined if they drop it; the info
 * itself where they fail.
 */
export function formattedCopy({ format }: WinstonLogger, info: Info): Info | undefined {
  if (typeof format?.transform !== 'function' || types.isProxy(info)) return info;
  try {
    const copy = create(getPrototypeOf(info), getOwnPropertyDescriptors(info)) as Info;
    const formatted = apply(format.transform, format, [copy, format.options]);
    if (!formatted) return undefined;
    return isInfo(formatted) ? formatted : info;
  } catch {
    return info;
  }
}
