export interface StackLine {
  readonly text: string;
  readonly kind: 'said' | 'own' | 'foreign';
}

const FRAME = /^\s*at /;
const FOREIGN = /node:|[\\/]node_modules[\\/]|\(native\)|<anonymous>\)?$|^\s*at new Promise/;

/** Lines of `error.stack`: what was said, frames of the application, and frames of others. */
export function stackLines(stack: string): StackLine[] {
  return stack
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      if (!FRAME.test(line)) return { text: line, kind: 'said' };
      return { text: line.trimStart(), kind: FOREIGN.test(line) ? 'foreign' : 'own' };
    });
}
