import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import type { Tracing } from './tracing.js';
import type { FetchEvent } from './tracing-parts.js';

const FETCH_CHANNELS: readonly (readonly [channel: string, event: FetchEvent])[] = [
  ['undici:request:create', 'create'],
  ['undici:request:headers', 'headers'],
  ['undici:request:trailers', 'trailers'],
  ['undici:request:error', 'error'],
];

/**
 * Sees the requests that this thread makes, by what Node and undici tell of them: for CommonJS and ES
 * modules alike, and without loading or patching anything where Node tells it in time.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function followRequests(tracing: Tracing): void {
  const onCreated = (request: object) =>
    guarded(() => tracing.activeFor('http')?.startClient(request));
  if (isTold()) {
    subscribe('http.client.request.created', message =>
      onCreated((message as { request: object }).request),
    );
  } else patchRequests(onCreated);
  for (const [channel, event] of FETCH_CHANNELS) {
    subscribe(channel, message =>
      guarded(() => tracing.activeFor('undici')?.onFetch(event, message)),
    );
  }
}

// Whatever is amiss, the request goes its way without a span.
function guarded(run: () => void): void {
  try {
    run();
  } catch {}
}

/** Node 22.12 is the first to tell before anything is sent. */
function isTold(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

type Method = (this: object, ...args: unknown[]) => unknown;

// Both are called in the constructor of a request, the second where there is no agent; and later
// where an agent has its own `addRequest`, before anything is sent in any case.
function patchRequests(onCreated: (request: object) => void): void {
  const { Agent, ClientRequest } = createRequire(__filename)('node:http') as {
    Agent: { prototype: { addRequest: Method } };
    ClientRequest: { prototype: { onSocket: Method } };
  };
  const { addRequest } = Agent.prototype;
  Agent.prototype.addRequest = named('addRequest', addRequest, function (request, ...rest) {
    onCreated(request as object);
    return Reflect.apply(addRequest, this, [request, ...rest]);
  });
  const { onSocket } = ClientRequest.prototype;
  ClientRequest.prototype.onSocket = named('onSocket', onSocket, function (...args) {
    onCreated(this);
    return Reflect.apply(onSocket, this, args);
  });
}

function named(name: string, original: Method, replacement: Method): Method {
  Object.defineProperty(replacement, 'name', { value: name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true });
  return replacement;
}
