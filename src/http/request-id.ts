import { randomUUID } from 'node:crypto';

/** What is let in from outside: it ends up in queries and in other programs' logs. */
const ACCEPTED = /^[\w.:-]{1,128}$/;
const NAME = 'x-request-id';

/** A request's id: what its caller named, or a new one. */
export interface RequestId {
  readonly id: string;
  readonly isGiven: boolean;
}

/** @param headers As Node has them: names in lower case. */
export function requestIdOf(headers: Readonly<Record<string, unknown>>): RequestId {
  const given = headers[NAME];
  return typeof given === 'string' && ACCEPTED.test(given)
    ? { id: given, isGiven: true }
    : { id: `req_${randomUUID()}`, isGiven: false };
}
