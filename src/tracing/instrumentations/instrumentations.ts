import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import type { TracerProvider } from '@opentelemetry/api';
import type { PackageFile } from '../../module-loads/package-file.js';
import type { Tracing } from '../tracing.js';
import { adopt, type Instrumentation } from './adopt.js';
import { SCOPE } from './targets.js';

// Entry of the bundle that is loaded where the application has the collection installed.

export interface InstrumentationsOptions {
  /** Its main file: single instrumentations are its dependencies. */
  readonly collection: string;
  readonly tracers: TracerProvider;
  readonly tracing: Pick<Tracing, 'isTaken' | 'adopting'>;
  onTrouble(name: string, error: unknown): void;
}

/** The application's instrumentations, each loaded when first needed. */
export class Instrumentations {
  readonly #options: InstrumentationsOptions;
  readonly #require: NodeJS.Require;
  readonly #byName = new Map<string, readonly Instrumentation[]>();
  readonly #mainFiles = new Map<string, string | undefined>();

  constructor(options: InstrumentationsOptions) {
    this.#options = options;
    this.#require = createRequire(options.collection);
  }

  /** A file of a package has been evaluated, and nobody has its exports yet. */
  onFile(module: { exports: unknown }, file: PackageFile, names: readonly string[]): void {
    for (const name of names) {
      try {
        for (const each of this.#load(`${SCOPE}${name}`)) this.#patch(each, module, file);
      } catch (error) {
        this.#options.onTrouble(`${SCOPE}${name}`, error);
      }
    }
  }

  /** The program traces by itself. */
  disableAll(): void {
    for (const name of this.#byName.keys()) this.disable(name);
  }

  /**
   * Takes the patches away, for good. The program makes one of that name, or traces by itself: before
   * its own patches anything, for these would be taken away as well.
   */
  disable(name: string): void {
    const parts = this.#byName.get(name);
    if (parts === undefined) return;
    this.#byName.set(name, []);
    for (const part of parts) {
      try {
        part.disable();
      } catch {
        // What stays patched makes no spans.
      }
    }
  }

  #load(name: string): readonly Instrumentation[] {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    this.#byName.set(name, []);
    const path = this.#resolve(name);
    // The program runs one by itself.
    if (path === undefined || this.#options.tracing.isTaken(name)) return [];

    const parts = this.#options.tracing.adopting(() => adopt(this.#require(path)));
    for (const part of parts) part.setTracerProvider(this.#options.tracers);
    this.#byName.set(name, parts);
    return parts;
  }

  // Each version of the collection has others.
  #resolve(name: string): string | undefined {
    try {
      return this.#require.resolve(name);
    } catch {
      return undefined;
    }
  }

  #patch(part: Instrumentation, module: { exports: unknown }, file: PackageFile): void {
    const { packageName, folder, path } = file;
    const isMain = path === this.#mainFile(file);
    const name = isMain ? packageName : inPackage(packageName, relative(folder, path));
    for (const definition of part._modules) {
      if (definition.name !== packageName) continue;
      const isFile = definition.files?.some(each => slashed(each.name) === name) === true;
      if (!isMain && !isFile) continue;
      const exports = part._onRequire(definition, module.exports, name, folder);
      if (exports !== undefined && exports !== module.exports) module.exports = exports;
    }
  }

  /** What `require` of the package's name leads to. */
  #mainFile({ packageName, folder }: PackageFile): string | undefined {
    if (!this.#mainFiles.has(folder)) {
      this.#mainFiles.set(folder, mainFileOf(packageName, folder));
    }
    return this.#mainFiles.get(folder);
  }
}

function mainFileOf(packageName: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(packageName);
  } catch {
    return undefined;
  }
}

function inPackage(packageName: string, path: string): string {
  return `${packageName}/${slashed(path)}`;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
