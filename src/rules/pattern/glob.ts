import picomatch from 'picomatch';

const MAX_LENGTH = 256;
/** Each multiplies the work by the length of a path at most. */
const MAX_WILDCARDS = 4;

/** A regular expression that does what the glob does. */
export interface GlobSource {
  readonly source: string;
  readonly flags: string;
  /** It needs no checking: it has no patterns in parentheses, and few wildcards. */
  readonly isPlain: boolean;
}

/** Answers undefined for what is no glob. One that does not say where it begins may begin in any folder. */
export function translateGlob(glob: string): GlobSource | undefined {
  const isAnchored = /^(?:\/|\*\*\/|[a-z]:[\\/])/i.test(glob);
  const anywhere = isAnchored ? glob : `**/${glob.replace(/^\.\//, '')}`;
  const windows = process.platform === 'win32';
  try {
    const { source, flags } = picomatch.makeRe(anywhere, { windows, dot: true });
    return { source, flags, isPlain: isPlain(glob) };
  } catch {
    return undefined;
  }
}

function isPlain(glob: string): boolean {
  if (glob.length > MAX_LENGTH || /[()|+]/.test(glob)) return false;
  return (glob.match(/\*+/g) ?? []).length <= MAX_WILDCARDS;
}
