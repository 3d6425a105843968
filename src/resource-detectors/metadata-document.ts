/** Reads a text field of a JSON document, or nothing: the service may be an impostor, or ill. */
export function readDocument(text: string | undefined): (field: string) => string | undefined {
  const document = parseObject(text);
  return field => {
    const value = document?.[field];
    return typeof value === 'string' ? plainText(value) : undefined;
  };
}

/**
 * One line of an identifier's length. An HTML page from a captive portal must not become a
 * machine's type.
 */
export function plainText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed && PRINTABLE.test(trimmed) && !MARKUP.test(trimmed) ? trimmed : undefined;
}

// ASCII without control characters. The longest are Azure's tags, which hold several.
const PRINTABLE = /^[ -~]{1,1024}$/;
const MARKUP = /[<>{}"]/;

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null;
    return isObject ? { ...document } : undefined;
  } catch {
    return undefined;
  }
}
