export const WRONG_USAGE = 2;

/** Ends the command: with this message on stderr, and this exit code. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(
    message: string,
    { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** Where there is help is said behind it, by src/cli.ts. */
export function usageError(message: string, cause?: unknown): CommandError {
  return new CommandError(message, { exitCode: WRONG_USAGE, cause });
}
