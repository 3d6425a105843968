const { defineProperty, getPrototypeOf, hasOwn } = Object;
const { apply } = Reflect;

interface Rendering {
  _implicitHeader(): unknown;
}

/**
 * Calls `run` before the head of a request is rendered from its headers: the program may have set
 * some after it made the request. Node renders by this method alone (20 to 26).
 * https://github.com/nodejs/node/blob/v24.11.0/lib/_http_client.js (_implicitHeader)
 */
export function beforeHead(request: object, run: () => void): void {
  if (typeof (request as Partial<Rendering>)._implicitHeader !== 'function') return;
  const original = hasOwn(request, '_implicitHeader')
    ? (request as Rendering)._implicitHeader
    : undefined;
  const { _implicitHeader } = {
    _implicitHeader(this: Rendering): unknown {
      try {
        run();
      } catch {
        // It is sent as it is.
      }
      // Not of `this`, which may inherit from the request, and have this method again.
      const inherited = original ?? (getPrototypeOf(request) as Rendering)._implicitHeader;
      return apply(inherited, this, []);
    },
  };
  const property = { value: _implicitHeader, writable: true, configurable: true };
  defineProperty(request, '_implicitHeader', property);
}
