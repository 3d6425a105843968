import type { ChildProcess } from 'node:child_process';

const LISTENING = /listening on (http:\S+)/;

/** What a server says of itself once it listens: `listening on http://…`. */
export function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', chunk => {
        printed += chunk;
        const url = LISTENING.exec(printed)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    child.once('close', () => reject(new Error(`It ended before it listened:\n${printed}`)));
  });
}
