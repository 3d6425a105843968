import { createRequire } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { FILES, INSTRUMENTATION, runProgram } from './collection-folder.js';
import { SERVER } from './two-programs.js';

const test = suite('tracing/instrumentations');

const WORKS = 'require("koa").work(() => console.log("at work"));';

test(
  'an instrumentation that the program has installed makes its spans with ours',
  withCollector(async collector => {
    const { stderr } = await runProgram(collector, { ...FILES, 'main.cjs': WORKS });

    assert.is(stderr.toString(), '');
    assert.equal(
      collector.spans.map(({ name, scope }) => [name, scope.name]),
      [['koa work', '@opentelemetry/instrumentation-koa']],
    );
    assert.is(collector.records[0]?.spanId, collector.spans[0]?.spanId);
  }),
);

test(
  'its hook of require is taken away, and made again for the instrumentations of the program',
  withCollector(async collector => {
    const main = `
      const Module = require('node:module');
      const { require: before } = Module.prototype;
      ${WORKS}
      const isPlain = Module.prototype.require === before;
      require('@opentelemetry/instrumentation-koa').Singleton.getInstance();
      console.log(isPlain, Module.prototype.require === before);`;
    const { stdout } = await runProgram(collector, { ...FILES, 'main.cjs': main });

    assert.is(stdout.toString(), 'at work\ntrue false\n');
    assert.is(collector.spans.length, 1);
  }),
);

for (const [what, route] of [
  ['tells', '/users/:id'],
  ['leaves open', ''],
] as const) {
  test(
    `a route that an instrumentation ${what} ${route ? 'names' : 'does not name'} the span of the request`,
    withCollector(async collector => {
      const core = createRequire(import.meta.url).resolve('@opentelemetry/core');
      const main = `
        const { getRPCMetadata } = require(${JSON.stringify(core)});
        const { context } = require('@opentelemetry/api');
        const server = require('node:http').createServer((request, response) => {
          const metadata = getRPCMetadata(context.active());
          if (metadata.type === 'http') metadata.route = '${route}';
          response.end();
        });
        server.listen(0, '127.0.0.1', async () => {
          await (await fetch('http://127.0.0.1:' + server.address().port + '/users/7')).text();
          process.exit();
        });`;
      const { stderr } = await runProgram(collector, { ...FILES, 'main.cjs': main });

      assert.is(stderr.toString(), '');
      const served = collector.spans.find(({ kind }) => kind === SERVER)!;
      assert.is(served.name, route ? `GET ${route}` : 'GET');
      assert.is(served.attributes['http.route'], route || undefined);
    }),
  );
}

const OWN: Readonly<Record<string, string>> = {
  'makes one of that name': `new (require('@opentelemetry/instrumentation-koa').KoaInstrumentation)();`,
  'traces by itself': `
    const { trace } = require('@opentelemetry/api');
    trace.setGlobalTracerProvider({ getTracer() { throw new Error('asked for spans'); } });`,
};

for (const [what, own] of Object.entries(OWN)) {
  test(
    `once the program ${what}, it makes no more`,
    withCollector(async collector => {
      const main = `${WORKS} ${own} ${WORKS}`;
      const { stdout, stderr } = await runProgram(collector, { ...FILES, 'main.cjs': main });

      assert.is(stderr.toString(), '');
      assert.is(stdout.toString(), 'at work\nat work\n');
      assert.is(collector.spans.length, 1);
    }),
  );
  test(
    `where the program ${what} before, none is made`,
    withCollector(async collector => {
      const main = `${own} ${WORKS}`;
      const { stdout, stderr } = await runProgram(collector, { ...FILES, 'main.cjs': main });

      assert.is(stderr.toString(), '');
      assert.is(stdout.toString(), 'at work\n');
      assert.is(collector.spans.length, 0);
    }),
  );
}

for (const env of [
  { OTEL_REGISTER_TRACES: 'off' },
  { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'koa' },
  { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,ioredis' },
] as const) {
  test(
    `${JSON.stringify(env)} leaves it unloaded`,
    withCollector(async collector => {
      const broken = { ...FILES, [`${INSTRUMENTATION}/index.js`]: 'console.log("loaded")' };
      const { stdout } = await runProgram(collector, { ...broken, 'main.cjs': WORKS }, env);

      assert.is(stdout.toString(), 'at work\n');
      assert.is(collector.spans.length, 0);
    }),
  );
}

const BROKEN: readonly (readonly [what: string, text: string, said: string])[] = [
  ['throws as it is loaded', 'throw new Error("broken")', 'Error: broken'],
  ['exports nothing', '', 'TypeError: it exports no instrumentation'],
  [
    'throws as it is made',
    'exports.It = class { constructor() { throw new Error("broken"); } enable() {} _onRequire() {} }',
    'Error: broken',
  ],
  [
    'throws as it patches',
    'exports.It = class { _modules = [{ name: "koa" }]; enable() {} setTracerProvider() {} _onRequire() { throw new Error("broken"); } }',
    'Error: broken',
  ],
];

for (const [what, text, said] of BROKEN) {
  test(
    `one that ${what} harms nobody, and is told of where traces are wanted`,
    withCollector(async collector => {
      const files = { ...FILES, [`${INSTRUMENTATION}/index.js`]: text, 'main.cjs': WORKS };
      const silent = await runProgram(collector, files);
      const told = await runProgram(collector, files, { OTEL_REGISTER_TRACES: 'on' });

      for (const { stdout } of [silent, told]) assert.is(stdout.toString(), 'at work\n');
      assert.is(silent.stderr.toString(), '');
      const line = `@opentelemetry/instrumentation-koa makes no spans (${said}).`;
      assert.is(told.stderr.toString(), `otel-register: ${line}\n`);
    }),
  );
}

test.run();
