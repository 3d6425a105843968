import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES, REPOSITORY } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { assertSameEnd, withoutPreload } from './side-by-side.js';

const test = suite('third-party/command-line');

interface Command {
  readonly name: string;
  /** In node_modules. */
  readonly script: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly prints: RegExp;
}

const failing = join(FIXTURES, 'third-party/failing');
const failingTypes = ['--noEmit', '--ignoreConfig', join(failing, 'types.mts')];

const commands: readonly Command[] = [
  { script: 'typescript/bin/tsc', args: ['--version'], code: 0, prints: /^Version \d/ },
  { script: 'typescript/bin/tsc', args: failingTypes, code: 1, prints: /error TS2322/ },
  { script: '@biomejs/biome/bin/biome', args: ['--version'], code: 0, prints: /^Version: \d/ },
  { script: 'c8/bin/c8.js', args: ['--help'], code: 0, prints: /--reporter/ },
  { script: 'uvu/bin.js', args: ['--help'], code: 0, prints: /Usage/ },
  { script: 'uvu/bin.js', args: [failing, '\\.js$'], code: 1, prints: /one is two/ },
  { script: 'semver/bin/semver.js', args: ['1.2.3', '-r', '>2'], code: 1, prints: /^$/ },
].map(command => ({ ...command, name: nameOf(command) }));

for (const { name, script, args, code, prints } of commands) {
  test(
    `${name} prints and ends as without the preload`,
    withCollector(async collector => {
      const program = join(REPOSITORY, 'node_modules', script);
      assert.ok(existsSync(program));

      const options = { script: program, args, env: endpointOf(collector) };
      const without = await runNode(withoutPreload(options));

      const preloaded = await runNode(options);

      assertSameEnd(preloaded, without);
      assert.is(preloaded.code, code);
      assert.match(String(preloaded.stdout), prints);
    }),
  );
}

function nameOf({ script, args }: Omit<Command, 'name'>): string {
  return [script, ...args].join(' ').replaceAll(`${REPOSITORY}/`, '');
}

test.run();
