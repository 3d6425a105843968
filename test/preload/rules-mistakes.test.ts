import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { rulesFile, rulesFolder } from '../helpers/rules-file.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/rules-mistakes');

const MISTAKES: Record<string, { path: () => string; problem: RegExp }> = {
  'a file that is not there': {
    path: () => join(rulesFolder(), 'none.yaml'),
    problem: /none\.yaml" does not exist; no rules are used/,
  },
  'a misspelt name of a ready-made set': {
    path: () => 'key-valu,context-ids',
    problem: /key-valu,context-ids" does not exist; no rules are used/,
  },
  'a folder': {
    path: () => {
      const path = join(rulesFolder(), 'folder');
      mkdirSync(path);
      return path;
    },
    problem: /folder" is not a file; no rules are used/,
  },
  'a huge file': {
    path: () => rulesFile(`# ${'x'.repeat(2 ** 20)}`),
    problem: /is larger than 1048576 bytes; no rules are used/,
  },
  'a file that is half written': {
    path: () => rulesFile('level: error\nrules: [{ drop: true }'),
    problem: /line 2: .*; no rules are used/,
  },
  'bytes that are no text': {
    path: () => rulesFile('\u0000\u0001{{{'),
    problem: /line 1: .*; no rules are used/,
  },
  'a catastrophic pattern': {
    path: () => rulesFile(`rules:\n  - { match: { message: '^(l+)+$' }, drop: true }`),
    problem: /line 2: "\^\(l\+\)\+\$" may take for ever: .*; the rule is left out/,
  },
  'a misspelt action': {
    path: () => rulesFile('rules:\n  - match: { method: log }\n    dropp: true'),
    problem: /line 3: "dropp" is not name, match, .* or extract; the rule is left out/,
  },
  'a mistake in JSON': {
    path: () => rulesFile('{\n  "rules": [\n    { "drop": 1 }\n  ]\n}'),
    problem: /line 3: drop is not true; the rule is left out/,
  },
  'JSON with a comma too many, which YAML allows, and a mistake': {
    path: () => rulesFile('{\n  "level": "eror",\n}'),
    problem: /line 2: level is not .*: "eror"; it is left out/,
  },
  'a misspelt level': {
    path: () => rulesFile('level: eror'),
    problem: /line 1: level is not .*: "eror"; it is left out/,
  },
};

for (const [mistake, { path, problem }] of Object.entries(MISTAKES)) {
  test(
    `${mistake} costs one line, in worker threads none, and no record`,
    withCollector(async collector => {
      const env = { ...endpointOf(collector), OTEL_REGISTER_RULES: path() };
      const args = ['a worker in a worker'];

      const { code, stderr, stdout } = await runNode({ script: 'workers/kinds.cjs', args, env });

      assert.match(stderr.toString(), /^otel-register: OTEL_REGISTER_RULES=[^\n]*\.\n$/);
      assert.match(stderr.toString(), problem);
      assert.is(stdout.toString(), 'from the worker\n');
      assert.is(code, 0);
      assert.is(collector.countRecords(), 1);
    }),
  );
}

test('many mistakes cost eleven lines', async () => {
  const rules = `rules:\n${'  - {}\n'.repeat(50)}`;

  const { stderr } = await runNode({
    script: 'start/empty.mjs',
    env: { OTEL_REGISTER_RULES: rulesFile(rules) },
  });

  const lines = stderr.toString().trimEnd().split('\n');
  assert.is(lines.length, 11);
  assert.match(lines[9]!, 'line 11: rule 10 does nothing');
  assert.match(lines[10]!, 'has 40 more mistakes');
});

test.run();
