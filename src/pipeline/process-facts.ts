import { isArray } from '../convert/intrinsics.js';

/** `process.argv`. A program may have put there what no thread can be handed, a function for instance. */
export function argumentTexts(): readonly string[] {
  const { argv }: { argv: unknown } = process;
  const texts: string[] = [];
  if (!isArray(argv)) return texts;
  for (let i = 0; i < argv.length; i++) {
    const argument: unknown = argv[i];
    texts[i] = typeof argument === 'string' ? argument : '';
  }
  return texts;
}

/** @returns undefined when the folder was deleted under the process. */
export function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
