/** 16 hexadecimal digits. Unique is enough; `node:crypto` would cost 3 ms and 3 MB here. */
export function createRunId(): string {
  return randomDigits() + randomDigits();
}

function randomDigits(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
