import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { attempt } from '../attempt.js';
import { type LogContext, NOTHING } from '../context/log-context.js';
import { bindState, stateOf } from '../http/bound-state.js';
import { listen } from '../listen.js';
import { replaceMethod } from '../methods/replace-method.js';
import type { Propagation } from '../propagation/propagation.js';
import type { Tracing } from './tracing.js';
import type { FetchEvent } from './tracing-parts.js';

const FETCH_CHANNELS: readonly (readonly [channel: string, event: FetchEvent])[] = [
  ['undici:request:create', 'create'],
  ['undici:request:headers', 'headers'],
  ['undici:request:trailers', 'trailers'],
  ['undici:request:error', 'error'],
];

export interface Followers {
  /** undefined: none is to have a span. */
  readonly tracing: Tracing | undefined;
  /** undefined: nothing goes along with them. */
  readonly propagation: Propagation | undefined;
  readonly context: LogContext;
}

/**
 * Sees the requests that this thread makes, by what Node and undici tell of them: for CommonJS and ES
 * modules alike, and without loading or patching anything where Node tells it in time. Whatever is amiss,
 * the request goes its way without us.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function followRequests({ tracing, propagation, context }: Followers): void {
  const onCreated = (request: object) => {
    const inherited = attempt(() => tracing?.activeFor('http')?.startClient(request));
    attempt(() => propagation?.toRequest(request, inherited));
  };
  if (isTold()) {
    listen('http.client.request.created', message =>
      onCreated((message as { request: object }).request),
    );
  } else if (tracing !== undefined) patchRequests(onCreated);
  else context.onFirstUse(() => attempt(() => patchRequests(onCreated)));

  const onFetch = (event: FetchEvent, message: unknown) => {
    const inherited = attempt(() => tracing?.activeFor('undici')?.onFetch(event, message));
    if (event !== 'create') return;
    attempt(() => propagation?.toFetch((message as { request: object }).request, inherited));
  };
  const follow = FETCH_CHANNELS.map(([channel, event]) => {
    const onMessage = (message: unknown) => onFetch(event, message);
    subscribe(channel, onMessage);
    return { channel, onMessage };
  });
  // After the program's own tracing, which would add a second header of the name.
  tracing?.onStandDown(() => {
    for (const { channel, onMessage } of follow) {
      unsubscribe(channel, onMessage);
      subscribe(channel, onMessage);
    }
  });
}

/** Node 22.12 is the first to tell before anything is sent. */
function isTold(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

type Method = (this: object, ...args: unknown[]) => unknown;

// Both are called in the constructor of a request, the second where there is no agent; and later
// where an agent has its own `addRequest`, before anything is sent in any case.
function patchRequests(onNew: (request: object) => void): void {
  const onCreated = (request: object) => {
    if (stateOf(request) !== undefined) return;
    onNew(request);
    if (stateOf(request) === undefined) bindState(request, { bound: NOTHING });
  };
  const { Agent, ClientRequest } = createRequire(__filename)('node:http') as {
    Agent: { prototype: { addRequest: Method } };
    ClientRequest: { prototype: { onSocket: Method } };
  };
  const { addRequest } = Agent.prototype;
  replaceMethod(Agent.prototype, 'addRequest', function (this: object, ...args: unknown[]) {
    onCreated(args[0] as object);
    return Reflect.apply(addRequest, this, args);
  });
  const { onSocket } = ClientRequest.prototype;
  replaceMethod(ClientRequest.prototype, 'onSocket', function (this: object, ...args: unknown[]) {
    onCreated(this);
    return Reflect.apply(onSocket, this, args);
  });
}
