import { subscribe } from 'node:diagnostics_channel';

/**
 * Takes the messages of a channel of Node's, as long as the thread lives. What a subscriber throws would
 * end the program, and the program may publish on the channel itself, whatever it likes.
 */
export function listen(channel: string, onMessage: (message: unknown) => void): void {
  subscribe(channel, message => {
    try {
      onMessage(message);
    } catch {
      // What we cannot look at goes its way without us.
    }
  });
}
