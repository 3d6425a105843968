import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { REPOSITORY } from '../helpers/repository.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const COLLECTION = 'node_modules/@opentelemetry/auto-instrumentations-node';
export const INSTRUMENTATION = 'node_modules/@opentelemetry/instrumentation-koa';

/** Looks like the collection, of which one instrumentation is there: it makes a span of each `work()`. */
export const FILES: Readonly<Record<string, string>> = {
  'node_modules/koa/package.json': '{ "name": "koa", "version": "3.0.0", "main": "index.js" }',
  'node_modules/koa/index.js': 'exports.work = run => run();',
  [`${COLLECTION}/package.json`]: '{ "main": "index.js" }',
  [`${COLLECTION}/index.js`]: 'throw new Error("the whole collection is loaded");',
  [`${INSTRUMENTATION}/package.json`]: '{ "main": "index.js" }',
  [`${INSTRUMENTATION}/index.js`]: `
    const Module = require('node:module');
    const { context, trace } = require('@opentelemetry/api');
    class Singleton {
      static getInstance() { return (this._instance ??= new this()); }
      constructor() {
        const plain = Module.prototype.require;
        Module.prototype.require = function hooked(id) { return plain.call(this, id); };
      }
      register() { throw new Error('the hook is used'); }
    }
    const NAME = '@opentelemetry/instrumentation-koa';
    exports.KoaInstrumentation = class {
      _requireInTheMiddleSingleton = Singleton.getInstance();
      _modules = [{ name: 'koa', files: [] }];
      tracer = trace.getTracer(NAME);
      enable() { this._requireInTheMiddleSingleton.register('koa', () => {}); }
      disable() { this.patched.work = this.plain; }
      setTracerProvider(provider) { this.tracer = provider.getTracer(NAME); }
      _onRequire(definition, exports, name, folder) {
        this.plain = exports.work;
        this.patched = { work: run => {
          const span = this.tracer.startSpan('koa work');
          const result = context.with(trace.setSpan(context.active(), span), () => this.plain(run));
          span.end();
          return result;
        } };
        return this.patched;
      }
    };
    exports.Singleton = Singleton;`,
};

/** Runs `main.cjs` of a program in a folder of its own. */
export async function runProgram(
  collector: Receiver,
  files: Readonly<Record<string, string>>,
  env: EnvironmentChanges = {},
): Promise<RunResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'otel-register-collection-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const api = 'node_modules/@opentelemetry/api';
    mkdirSync(dirname(join(folder, api)), { recursive: true });
    symlinkSync(join(REPOSITORY, api), join(folder, api));
    return await runNode({
      script: join(folder, 'main.cjs'),
      env: { ...endpointOf(collector), ...env },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
