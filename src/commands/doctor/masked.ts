// Nothing that is printed may hold a credential whole.

/** From so many characters on, the first few are shown, so that one key can be told from another. */
const LEAST_SHOWN = 16;
const SHOWN = 4;

const SCHEME = /^(?:bearer|basic|api-?key|token|digest)\s+/i;

/** `Bearer abcd… (36 characters)` */
export function maskedValue(value: string): string {
  const scheme = SCHEME.exec(value)?.[0] ?? '';
  const secret = value.slice(scheme.length);
  if (secret.length < LEAST_SHOWN) return `${scheme}***`;
  return `${scheme}${secret.slice(0, SHOWN)}… (${secret.length} characters)`;
}

/** A text of somebody else's that may repeat what it was sent. */
export function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  let clean = text;
  for (const value of Object.values(headers)) {
    for (const secret of [value, value.replace(SCHEME, '')]) {
      if (secret.length > 2) clean = clean.replaceAll(secret, '***');
    }
  }
  return clean;
}
