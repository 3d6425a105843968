import { fileURLToPath } from 'node:url';
import { interleave, type Run, runProgram, type Variant } from './measure.js';

export const DIST = new URL('../../dist/', import.meta.url);
export const TWENTY_RULES = fileURLToPath(
  new URL('../../bench/rules/twenty.yaml', import.meta.url),
);

/** One Node, with and without the preload. */
export class Subject {
  readonly nodePath: string;
  readonly rounds: number;

  constructor(nodePath: string, rounds: number) {
    this.nodePath = nodePath;
    this.rounds = rounds;
  }

  bare(): Variant {
    return { nodePath: this.nodePath, nodeArgs: [], env: {} };
  }

  preloaded(endpoint: string, env: Readonly<Record<string, string>> = {}): Variant {
    return {
      nodePath: this.nodePath,
      nodeArgs: ['--import', new URL('register.mjs', DIST).href],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env },
    };
  }

  /** Both in turn. */
  pair(program: string, endpoint: string): Promise<Record<'without' | 'with', Run[]>> {
    return interleave(this.rounds, {
      without: () => runProgram(this.bare(), program),
      with: () => runProgram(this.preloaded(endpoint), program),
    });
  }
}

/** What a program says of itself. */
export function reported(key: string): (run: Run) => number {
  return run => JSON.parse(run.report)[key];
}
