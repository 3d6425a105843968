import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OutputCapture {
  /** Of stdout and stderr, as `spawn()` takes them. */
  readonly stdio: readonly ('pipe' | number)[];
  attach(child: ChildProcess): void;
  read(): { readonly stdout: Buffer; readonly stderr: Buffer };
  /** Resolves when the text was printed, and rejects when the program ended without. */
  expect(text: string): Promise<void>;
  dispose(): void;
}

// Files tell nobody that they grew.
const POLL_MS = 5;

export function captureOutput(kind: 'pipe' | 'file' | 'pty'): OutputCapture {
  const source = kind === 'file' ? captureInFiles() : captureInPipes();
  let isClosed = false;

  return {
    ...source,
    attach: child => {
      source.attach(child);
      child.once('close', () => {
        isClosed = true;
      });
    },
    expect: async text => {
      while (!has(source.read(), text)) {
        if (isClosed) throw new Error(`The program ended without printing "${text}".`);
        await sleep(POLL_MS);
      }
    },
  };
}

type Source = Omit<OutputCapture, 'expect'>;

function captureInPipes(): Source {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let child: ChildProcess | undefined;
  return {
    stdio: ['pipe', 'pipe'],
    attach: attached => {
      child = attached;
      child.stdout?.on('data', chunk => stdout.push(chunk));
      child.stderr?.on('data', chunk => stderr.push(chunk));
    },
    read: () => ({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }),
    dispose: () => {
      // A grandchild that outlives a timeout would hold these open, and us with them.
      child?.stdout?.destroy();
      child?.stderr?.destroy();
    },
  };
}

function captureInFiles(): Source {
  const folder = mkdtempSync(join(tmpdir(), 'otel-register-output-'));
  const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
  // Appending, as a shell's >> does: otherwise two processes overwrite each other's lines.
  const stdio = [openSync(stdout, 'a'), openSync(stderr, 'a')];
  return {
    stdio,
    attach: () => {},
    read: () => ({ stdout: readFileSync(stdout), stderr: readFileSync(stderr) }),
    dispose: () => {
      stdio.forEach(closeSync);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function has({ stdout, stderr }: ReturnType<Source['read']>, text: string): boolean {
  return stdout.includes(text) || stderr.includes(text);
}
