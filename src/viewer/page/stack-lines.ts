export interface StackLine {
  readonly text: string;
  readonly kind: 'said' | 'own' | 'foreign';
}

/** Of V8 and Java, and of Python. */
const FRAME = /^\s*(?:at |File ")/;
const FOREIGN =
  /node:|[\\/](?:node_modules|site-packages|lib[\\/]python[\d.]+)[\\/]|\(native\)|<anonymous>\)?$|^\s*at new Promise/;

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

/** Frames which a console prints of a cause that shares them. */
const SHARED = /^\s*\.\.\. \d+ lines matching cause stack trace \.\.\.$/;
/** Behind the last frame, before an error's own properties. */
const OPENING = / \{$/;

export interface Unstacked {
  readonly text: string;
  /** Lines that are in the stack, and not in the text. */
  readonly lineCount: number;
}

/** A text as a console prints it, without the frames of a stack that is shown elsewhere. */
export function withoutStack(text: string, stack: string): Unstacked {
  const frames = new Set(stack.split('\n').map(line => line.trim()));
  const kept: string[] = [];
  let lineCount = 0;
  for (const line of text.split('\n')) {
    const bare = line.replace(OPENING, '');
    const isShown = SHARED.test(line) || (FRAME.test(line) && frames.has(bare.trim()));
    if (!isShown || kept.length === 0) {
      kept.push(line);
      continue;
    }
    lineCount++;
    if (bare !== line) kept.push(`${kept.pop()} {`);
  }
  return { text: kept.join('\n'), lineCount };
}
