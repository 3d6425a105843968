import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PageFile {
  readonly type: string;
  readonly content: Buffer | string;
}

/** Nothing else is read from disk. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};

const ICON: PageFile = {
  type: 'image/svg+xml',
  content:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" ' +
    'fill="#245"/><path d="M3 5h10M3 8h7M3 11h9" stroke="#fff" stroke-width="1.5"/></svg>',
};

/** @param folder Where the build puts the page. */
export async function pageFile(folder: string, path: string): Promise<PageFile | undefined> {
  if (path === '/favicon.ico' || path === '/favicon.svg') return ICON;
  if (!Object.hasOwn(FILES, path)) return undefined;
  const [file, type] = FILES[path]!;
  return { type, content: await readFile(join(folder, file)) };
}
