import { exporterEnvironment } from '../config.js';
import { packageVersion } from '../package-version.js';
import { useEnvironment } from '../use-environment.js';
import { parseStrictly } from './arguments.js';
import { coloursOf } from './colours.js';
import { checkAnswer } from './doctor/check-answer.js';
import { checkConnection } from './doctor/check-connection.js';
import { checkEndpoint } from './doctor/check-endpoint.js';
import { checkNode } from './doctor/check-node.js';
import { checkPackages } from './doctor/check-packages.js';
import { checkPreload } from './doctor/check-preload.js';
import { checkProxy } from './doctor/check-proxy.js';
import { checkSettings } from './doctor/check-settings.js';
import { checkSpool } from './doctor/check-spool.js';
import { type Destination, readDestination } from './doctor/destination.js';
import { type Finding, failure, type Section, worstOf } from './doctor/finding.js';
import { DOCTOR_OPTIONS } from './doctor/options.js';
import { checkResource, type Detected, detectAll } from './doctor/resource.js';
import { drawScreen, type Report } from './doctor/screen.js';
import { readSurroundings, type Surroundings } from './doctor/surroundings.js';
import { print } from './print.js';

const COLUMNS = 80;

/** Says whether records will arrive, and why not. */
export async function doctor(args: readonly string[], packageFolder: string): Promise<number> {
  const { values, operands } = parseStrictly(args, DOCTOR_OPTIONS, 1);
  const surroundings = readSurroundings(values, operands[0], packageFolder);
  const colours = coloursOf(surroundings.env, process.stdout.isTTY);
  const report = await examine(surroundings);
  if (values.json) print(`${JSON.stringify({ version: packageVersion, ...report }, null, 2)}\n`);
  else print(drawScreen(report, colours, process.stdout.columns ?? COLUMNS));
  return report.status === 'failure' ? 1 : 0;
}

async function examine(surroundings: Surroundings): Promise<Report> {
  const { config, env } = surroundings;
  const start = [...checkNode(surroundings), ...checkPreload(surroundings)];
  // What follows is made for the Nodes that we support.
  if (start.some(({ id }) => id === 'node.old')) {
    return reportOf(surroundings, [{ title: 'Start', findings: start }], []);
  }
  const resource = await detectAll(surroundings);
  const sections: Section[] = [
    { title: 'Start', findings: start },
    { title: 'Settings', findings: checkSettings(surroundings) },
    { title: 'Around the program', findings: checkPackages(surroundings) },
    { title: 'Spool', findings: checkSpool(surroundings) },
  ];
  useEnvironment(exporterEnvironment(env, config));
  const collector = await checkCollector(surroundings);
  sections.splice(2, 0, { title: 'Collector', findings: collector });
  sections.push({ title: 'Resource', findings: checkResource(resource) });
  return reportOf(surroundings, sections, resource);
}

function reportOf(
  { config, folder }: Surroundings,
  sections: readonly Section[],
  resource: readonly Detected[],
): Report {
  const status = worstOf(sections.flatMap(({ findings }) => findings));
  return { status, logsUrl: withoutCredentials(config.logsUrl), folder, sections, resource };
}

async function checkCollector(surroundings: Surroundings): Promise<Finding[]> {
  const { config, env, maySend, isDisabled } = surroundings;
  let to: Destination;
  try {
    to = await readDestination(config.logsUrl);
  } catch (error) {
    return [failure('endpoint', `Nothing can be sent: ${(error as Error).message}`)];
  }
  const findings = [...checkEndpoint(to, env), ...(await checkConnection(to, surroundings))];
  const isThere = findings.every(
    ({ id, status }) => id === 'endpoint.token' || status !== 'failure',
  );
  if (isThere && maySend && !isDisabled) findings.push(...(await checkAnswer(surroundings, to)));
  to.agent.destroy();
  return [...findings, ...checkProxy(to, env)];
}

function withoutCredentials(logsUrl: string): string {
  const url = new URL(logsUrl);
  if (url.username || url.password) [url.username, url.password] = ['***', ''];
  if (url.search) url.search = '?***';
  return url.href;
}
