import { randomUUID } from 'node:crypto';

/** What is let in from outside: it ends up in queries and in other programs' logs. */
const ACCEPTED = /^[\w.:-]{1,128}$/;
const NAME = 'x-request-id';

/** A request's id: what its caller named or had itself, or a new one. */
export interface RequestId {
  readonly id: string;
  readonly isGiven: boolean;
}

/**
 * @param headers As Node has them: names in lower case.
 * @param inherited Of the request on whose behalf this one was made, as far as it is known.
 */
export function requestIdOf(
  headers: Readonly<Record<string, unknown>>,
  inherited?: string,
): RequestId {
  const given = headers[NAME];
  if (isAccepted(given)) return { id: given, isGiven: true };
  return { id: isAccepted(inherited) ? inherited : `req_${randomUUID()}`, isGiven: false };
}

function isAccepted(id: unknown): id is string {
  return typeof id === 'string' && ACCEPTED.test(id);
}
