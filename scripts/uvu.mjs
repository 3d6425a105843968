// node scripts/uvu.mjs <pattern>: the built tests whose file's name matches, by uvu; at the end what
// failed, by name, and one line that says how many passed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { isGood, passed, failed, output, seconds } = await runTests(process.argv[2], {
    onOutput: chunk => process.stdout.write(chunk),
  });
  for (const failure of failuresIn(output)) console.log(`failed: ${failure}`);
  console.log(`Node ${process.version}: ${passed} passed, ${failed} failed (${seconds} s)`);
  process.exitCode = isGood ? 0 : 1;
}

/**
 * Resolves to `{ isGood, passed, failed, output, seconds }`.
 * Options: `node`, which runs them (default: this one), `env`, and `onOutput`, called with each chunk.
 * Without a single test, or with an end before the last, nothing is good and one has failed.
 */
export async function runTests(pattern, options = {}) {
  const startedAt = performance.now();
  const { status, output } = await uvu(pattern, options);
  const { passed, failed } = totalsOf(output);

  const isGood = status === 0 && failed === 0 && passed > 0;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { isGood, passed, failed: isGood ? 0 : Math.max(1, failed), output, seconds };
}

/** What uvu says has failed, each as `a/b "does that": why, at place`. */
export function failuresIn(output) {
  const failures = [];
  const lines = stripVTControlCharacters(output).split('\n');
  for (const [index, line] of lines.entries()) {
    const title = line.match(/^ +FAIL +(.+)$/)?.[1];
    if (title === undefined) continue;
    const place = lines.slice(index).find(it => /^ +at .*build\/test\//.test(it)) ?? '';
    const shortPlace = place.replace(/^.*build\/test\//, '').replace(')', '');
    failures.push(`${title}: ${lines[index + 1].trim()}, at ${shortPlace}`);
  }
  return failures;
}

/** uvu does not count skipped tests into its total. */
function totalsOf(output) {
  const text = stripVTControlCharacters(output);
  const number = label => Number(text.match(new RegExp(`^ *${label}: +(\\d+)`, 'm'))?.[1] ?? 0);
  const passed = number('Passed');
  return { passed, failed: Math.max(0, number('Total') - passed) };
}

async function uvu(pattern, { node = process.execPath, env = process.env, onOutput }) {
  const child = spawn(node, ['node_modules/uvu/bin.js', 'build/test', pattern], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      output += chunk;
      onOutput?.(chunk);
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}
