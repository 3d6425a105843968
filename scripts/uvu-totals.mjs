import { stripVTControlCharacters } from 'node:util';

/** What uvu says at its end. It does not count skipped tests into its total. */
export function readTotals(output) {
  const text = stripVTControlCharacters(output);
  const number = label => Number(text.match(new RegExp(`^ *${label}: +(\\d+)`, 'm'))?.[1] ?? 0);
  const passed = number('Passed');
  return { passed, failed: Math.max(0, number('Total') - passed) };
}
