// node scripts/uvu.mjs <pattern>: the built tests whose file's name matches, by uvu, and one line
// that says how many passed. In CI a few files that failed are run once more by themselves, because
// one test of thousands that a busy machine was too slow for should not hide that all else is well.
// Whatever passed only then is named at the end: it is to be mended all the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** More files than these do not fail by accident. */
const MOST_FILES_RUN_AGAIN = 5;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { isGood, passed, failed, output, seconds } = await runTests(process.argv[2], {
    onOutput: chunk => process.stdout.write(chunk),
  });
  for (const { title } of failuresIn(output)) console.log(`failed: ${title}`);
  console.log(`Node ${process.version}: ${passed} passed, ${failed} failed (${seconds} s)`);
  process.exitCode = isGood ? 0 : 1;
}

/**
 * Resolves to `{ isGood, passed, failed, output, seconds }`; `output` is that of every attempt.
 * Options: `node`, which runs them (default: this one), `env`, and `onOutput`, called with each chunk.
 * Without a single test, or with an end before the last, nothing is good and one has failed.
 */
export async function runTests(pattern, options = {}) {
  const { onOutput = () => {} } = options;
  const startedAt = performance.now();
  let { status, output } = await uvu(pattern, options);
  let { passed, failed } = totalsOf(output);

  const files = [...new Set(failuresIn(output).map(({ file }) => file))];
  if (process.env.CI && failed > 0 && files.length <= MOST_FILES_RUN_AGAIN) {
    onOutput(`Once more: ${files.join(' ')}\n`);
    const again = await uvu(`^(${files.map(escapeRegExp).join('|')})$`, options);
    output += again.output;
    status = again.status;
    const stillFailed = again.status === 0 ? 0 : Math.max(1, totalsOf(again.output).failed);
    passed += Math.max(0, failed - stillFailed);
    failed = stillFailed;
  }

  const isGood = status === 0 && failed === 0 && passed > 0;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { isGood, passed, failed: isGood ? 0 : Math.max(1, failed), output, seconds };
}

/** What uvu says has failed, as `{ file: 'a/b.test.js', title: 'a/b "does that": why, at place' }`. */
export function failuresIn(output) {
  const failures = [];
  let file = '';
  const lines = stripVTControlCharacters(output).split('\n');
  for (const [index, line] of lines.entries()) {
    if (/^\S+\.test\.js$/.test(line)) file = line;
    const title = line.match(/^ +FAIL +(.+)$/)?.[1];
    if (title === undefined) continue;
    const place = lines.slice(index).find(it => /^ +at .*build\/test\//.test(it)) ?? '';
    const shortPlace = place.replace(/^.*build\/test\//, '').replace(')', '');
    failures.push({ file, title: `${title}: ${lines[index + 1].trim()}, at ${shortPlace}` });
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

function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
