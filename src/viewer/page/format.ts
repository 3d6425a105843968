/** Milliseconds since the epoch, as Date takes them, of nanoseconds in a decimal string. */
export function millisecondsOf(timeUnixNano: string): number {
  return Number(timeUnixNano.slice(0, -6) || '0');
}

/** `13:04:09.512`, in this machine's time. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  const [h, m, s] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad2);
  return `${h}:${m}:${s}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-11-21 13:04:09.512`, and the offset of this machine's time. */
export function fullTime(ms: number): string {
  const offset = -new Date(ms).getTimezoneOffset();
  const hours = pad2(Math.floor(Math.abs(offset) / 60));
  const zone =
    offset === 0 ? 'UTC' : `${offset < 0 ? '-' : '+'}${hours}:${pad2(Math.abs(offset) % 60)}`;
  return `${dayOf(ms)} ${clockTime(ms)} ${zone}`;
}

export function dayOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${pad2(date.getMonth() + 1)}-${pad2(date.getDate())}`;
}

const COUNT = new Intl.NumberFormat('en');

export function count(value: number): string {
  return COUNT.format(value);
}

/** `1 record`, `2 records`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Of nanoseconds: `412 µs`, `5.43 s`, `2 min 5 s`. */
export function duration(ns: bigint): string {
  const ms = Number(ns) / 1e6;
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(ms / 3_600_000)} h ${Math.floor((ms % 3_600_000) / 60_000)} min`;
}

export function size(length: number): string {
  if (length < 1024) return `${length} characters`;
  if (length < 1024 * 1024) return `${Math.round(length / 1024)} KiB`;
  return `${(length / 1024 / 1024).toFixed(1)} MiB`;
}

function pad2(value: number): string {
  return String(value).padStart(2, '0');
}
