import type { ChildProcess, SendHandle } from 'node:child_process';

/** Processes that the program left behind may hold its end of the channel open for ever. */
const DRAIN_MS = 500;

/**
 * Where this process was forked with a channel for messages, the program has one to us, and
 * messages pass both ways.
 *
 * @returns Resolves when the program has ended, and all it said has been passed on.
 */
export function relayMessages(child: ChildProcess): Promise<void> {
  if (child.channel == null) return Promise.resolve();
  let waiting = 0;
  return new Promise(resolve => {
    const settle = () => {
      if (waiting > 0 || child.connected) return;
      if (process.connected) process.disconnect();
      resolve();
    };
    child.on('message', (message, handle) => {
      waiting++;
      sendUp(message, handle as SendHandle, () => {
        waiting--;
        settle();
      });
    });
    child.once('disconnect', settle);
    child.once('exit', () => setTimeout(resolve, DRAIN_MS));
    // Listening keeps a process alive, and a program that could not be started sends nothing.
    child.once('spawn', () => passDown(child));
  });
}

function passDown(child: ChildProcess): void {
  process.on('message', (message, handle) => {
    if (child.connected) child.send(message as object, handle as SendHandle, () => {});
  });
  process.once('disconnect', () => {
    if (child.connected) child.disconnect();
  });
}

function sendUp(message: unknown, handle: SendHandle, done: () => void): void {
  if (process.connected) process.send!(message, handle, undefined, done);
  else done();
}
