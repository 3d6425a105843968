import os from 'node:os';
import { readdirSync } from '../spool/fs.js';
import type { Host } from './host.js';
import { fetchText } from './metadata-request.js';
import { readTextFile } from './read-text-file.js';

/**
 * The machine and process we run in. In a worker `process.argv` and `process.env` are the
 * worker's, so whoever starts it hands over the application's.
 */
export function thisHost(
  application: Pick<Host, 'argv'> & Partial<Pick<Host, 'env' | 'cwd'>>,
): Host {
  return {
    env: application.env ?? process.env,
    platform: process.platform,
    arch: process.arch,
    argv: application.argv,
    execPath: process.execPath,
    cwd: application.cwd ?? currentFolder(),
    pid: process.pid,
    nodeVersion: process.versions.node,
    hostname: () => os.hostname(),
    osVersion: () => os.release(),
    userName,
    readText: readTextFile,
    list: listFolder,
    fetchText,
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    // The folder was deleted under the process. No package is looked for in its place.
    return '/';
  }
}

function userName(): string | undefined {
  try {
    return os.userInfo().username;
  } catch {
    // Containers often run under a user id without an entry in /etc/passwd.
    return undefined;
  }
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
