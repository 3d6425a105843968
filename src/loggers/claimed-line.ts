import { indexOfText, sliceText, startsWith } from '../convert/intrinsics.js';

// The package `debug` hands its line, as yet unformatted, to whatever the program chose to print it:
// stderr, the console. Its record is made before.

let claimed: string | undefined;

/** What is printed next with this as its first argument has its record. */
export function claimLine(firstArgument: unknown): void {
  const isText = typeof firstArgument === 'string' && firstArgument !== '';
  claimed = isText ? firstArgument : undefined;
}

/** Whether it is what was claimed; then it is so no more. */
export function isClaimedArgument(firstArgument: unknown): boolean {
  if (claimed === undefined || claimed !== firstArgument) return false;
  claimed = undefined;
  return true;
}

/** As {@link isClaimedArgument}, of the finished text. */
export function isClaimedText(text: string): boolean {
  if (claimed === undefined) return false;
  const at = indexOfText(claimed, '%');
  if (!startsWith(text, at === -1 ? claimed : sliceText(claimed, 0, at))) return false;
  claimed = undefined;
  return true;
}
