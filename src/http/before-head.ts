import { originalMethod } from '../methods/original-method.js';
import { putMethod } from '../methods/replace-method.js';

type Render = (this: unknown) => unknown;

const { apply } = Reflect;

/**
 * Calls `run` before the head of a request is rendered from its headers: the program may have set
 * some after it made the request. Node renders by this method alone (20 to 26).
 * https://github.com/nodejs/node/blob/v24.11.0/lib/_http_client.js (_implicitHeader)
 */
export function beforeHead(request: object, run: () => void): void {
  if (typeof (request as { _implicitHeader?: unknown })._implicitHeader !== 'function') return;
  const original = originalMethod<Render>(request, '_implicitHeader');
  const { _implicitHeader } = {
    _implicitHeader(this: unknown): unknown {
      try {
        run();
      } catch {
        // It is sent as it is.
      }
      return apply(original(), this, []);
    },
  };
  putMethod(request, '_implicitHeader', _implicitHeader);
}
