/** What undici tells of a request, built in or installed. */
export interface FetchRequest {
  readonly origin?: unknown;
  readonly path?: unknown;
  /** The header of that name, which is not among the others (undici 5 to 8). */
  readonly host?: string | null;
  /** Text in undici 5, a list of names and values later. */
  headers?: unknown;
  addHeader?(name: string, value: string): unknown;
}

/** Of a header by its name in lower case. */
export function valuesOfFetchHeader({ headers }: FetchRequest, name: string): string[] {
  if (typeof headers === 'string') {
    return headers
      .split('\r\n')
      .filter(line => line.toLowerCase().startsWith(`${name}:`))
      .map(line => line.slice(name.length + 1).trim());
  }
  if (!Array.isArray(headers)) return [];
  return headers.filter((_, i) => i % 2 === 1 && isNamed(headers[i - 1], name)).flat();
}

/** Sets it in place of what is there; an empty one takes that away. */
export function replaceFetchHeader(request: FetchRequest, name: string, value: string): void {
  const { headers } = request;
  if (typeof headers === 'string') {
    const lines = headers.split('\r\n');
    const others = lines.filter(line => !line.toLowerCase().startsWith(`${name}:`));
    request.headers = others.join('\r\n');
  } else if (Array.isArray(headers)) {
    for (let i = headers.length - 2; i >= 0; i -= 2) {
      if (isNamed(headers[i], name)) headers.splice(i, 2);
    }
  }
  if (value !== '') request.addHeader?.(name, value);
}

function isNamed(name: unknown, lowerName: string): boolean {
  return String(name).toLowerCase() === lowerName;
}
