import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REPOSITORY } from '../helpers/repository.js';

export interface SourceFile {
  /** From the repository's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file that belongs to the repository: those that .gitignore does not name. */
export function repositoryFiles(): SourceFile[] {
  const ignored = ignoredNames();
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !ignored.some(pattern => pattern.test(name)))
      .flatMap(entry => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
      });
  return walk(REPOSITORY).map(path => ({
    path: relative(REPOSITORY, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  }));
}

// Ours holds names, folders with a slash, and `*.extension`.
function ignoredNames(): RegExp[] {
  const lines = readFileSync(join(REPOSITORY, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  return ['.git', ...lines].map(line => {
    const escaped = line.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`);
  });
}
