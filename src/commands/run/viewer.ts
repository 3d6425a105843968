import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';

export interface StartedViewer {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly receiverUrl: string;
  /** For the browser. */
  readonly pageUrl: string;
  end(): Promise<void>;
}

/** Starts `otel-register view` on free ports. */
export async function startViewer(packageFolder: string): Promise<StartedViewer> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const leash = join(packageFolder, 'dist/commands/leash.cjs');
  const command = join(packageFolder, 'bin/otel-register');
  const args = ['--require', leash, command, 'view', '--port', '0', '--ui-port', '0'];
  // Control-C is for the program, whose last records are still to come.
  const viewer = spawn(process.execPath, args, {
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  viewer.stdin!.on('error', () => {});
  const { receiverUrl, pageUrl } = await addressesOf(viewer);
  return {
    receiverUrl,
    pageUrl,
    end: async () => {
      if (viewer.exitCode !== null || viewer.signalCode !== null) return;
      const ended = once(viewer, 'exit');
      viewer.kill('SIGTERM');
      await ended;
    },
  };
}

async function addressesOf(
  viewer: ChildProcess,
): Promise<{ receiverUrl: string; pageUrl: string }> {
  let said = '';
  for await (const chunk of viewer.stdout!.iterator({ destroyOnReturn: false })) {
    said += chunk;
    const receiverUrl = /\bOTEL_EXPORTER_OTLP_ENDPOINT=(\S+)/.exec(said)?.[1];
    const pageUrl = /^http:\S+/m.exec(said)?.[0];
    if (receiverUrl === undefined || pageUrl === undefined || !said.endsWith('\n')) continue;
    // Whatever else it says is not to fill the pipe.
    viewer.stdout!.resume();
    return { receiverUrl, pageUrl };
  }
  throw new CommandError('The viewer did not start, so neither did the program.');
}
