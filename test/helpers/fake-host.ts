import type { Host } from '../../src/resource-detectors/host.js';

export interface FakeHost extends Host {
  /** `METHOD url` of every request made, in order. */
  readonly requests: readonly string[];
}

type Answer = string | undefined | Promise<string | undefined>;

interface Description extends Partial<Omit<Host, 'fetchText' | 'list' | 'readText'>> {
  /** Text by path; folders follow from the paths. */
  readonly files?: Readonly<Record<string, string>>;
  readonly fetchText?: (url: string, options: Parameters<Host['fetchText']>[1]) => Answer;
  readonly readText?: Host['readText'];
  readonly list?: Host['list'];
}

/** A bare Linux machine in nobody's cloud, with what a test describes on top. */
export function fakeHost({ files = {}, fetchText, ...described }: Description = {}): FakeHost {
  const requests: string[] = [];
  return {
    env: {},
    platform: 'linux',
    arch: 'x64',
    argv: ['/usr/bin/node'],
    execPath: '/usr/bin/node',
    cwd: '/',
    pid: 42,
    nodeVersion: '20.20.2',
    hostname: () => 'machine-7',
    osVersion: () => '6.1.0',
    userName: () => 'deploy',
    readText: path => files[path],
    list: path => childrenOf(path, Object.keys(files)),
    ...described,
    requests,
    fetchText: async (url, options) => {
      requests.push(`${options.method ?? 'GET'} ${url}`);
      return fetchText?.(url, options);
    },
  };
}

function childrenOf(folder: string, paths: readonly string[]): string[] {
  const below = paths.filter(path => path.startsWith(`${folder}/`));
  return [...new Set(below.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))];
}

/** Files of `/sys/class/dmi/id`, as `fakeHost` takes them. */
export function firmware(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`/sys/class/dmi/id/${name}`, text]),
  );
}
