import { packageVersion } from '../../package-version.js';
import type { Colours } from '../colours.js';
import type { Finding, Section, Status } from './finding.js';
import type { Detected } from './resource.js';
import { wrap } from './wrap.js';

const MARKS: Readonly<Record<Status, string>> = { ok: '✔', warning: '!', failure: '✘' };
const MAX_WIDTH = 100;

export interface Report {
  readonly status: Status;
  readonly logsUrl: string;
  readonly folder: string;
  readonly sections: readonly Section[];
  readonly resource: readonly Detected[];
}

/** All there is to say, for somebody who reads it. */
export function drawScreen(report: Report, colours: Colours, columns: number): string {
  const width = Math.min(columns, MAX_WIDTH);
  const { bold, dim } = colours;
  const lines = [
    '',
    `  ${bold('otel-register doctor')} ${dim(packageVersion)}`,
    ...wrap(`${report.folder} → ${report.logsUrl}`, width, '  ').map(dim),
    ...report.sections.flatMap(section => drawSection(section, colours, width)),
    ...drawResource(report.resource, colours, width),
    '',
    ...drawVerdict(report, colours, width),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function drawSection({ title, findings }: Section, colours: Colours, width: number): string[] {
  if (findings.length === 0) return [];
  return ['', `  ${colours.bold(title)}`, ...findings.flatMap(one => draw(one, colours, width))];
}

function draw({ status, says, means, todo }: Finding, colours: Colours, width: number): string[] {
  const colour = { ok: colours.green, warning: colours.yellow, failure: colours.red }[status];
  const [first = '', ...more] = wrap(says, width - 2, '    ');
  const lines = [`  ${colour(MARKS[status])} ${first.trimStart()}`, ...more];
  if (means !== undefined) lines.push(...wrap(means, width - 2, '    ').map(colours.dim));
  if (todo !== undefined) {
    const [begin = '', ...rest] = wrap(todo, width - 2, '      ');
    lines.push(`    ${colour('→')} ${begin.trimStart()}`, ...rest);
  }
  return lines;
}

/** The same everywhere; `--json` has them. */
const CONSTANT = /^(telemetry\.|process\.runtime\.(name|description)$)/;

// By source: one line says of several where they are from.
function drawResource(resource: readonly Detected[], colours: Colours, width: number): string[] {
  const telling = resource.filter(({ name }) => !CONSTANT.test(name));
  const sources = [...new Set(telling.map(({ source }) => source))];
  const column = Math.max(0, ...sources.map(source => source.length));
  return sources.flatMap(source => {
    const shown = telling
      .filter(one => one.source === source)
      .map(({ name, value }) => `${name}=${value}`);
    const indent = ' '.repeat(column + 6);
    const [first = '', ...more] = wrap(shown.join(' '), width - 2, indent);
    return [`    ${source.padEnd(column)}  ${first.trimStart()}`, ...more].map(colours.dim);
  });
}

function drawVerdict({ status, sections }: Report, colours: Colours, width: number): string[] {
  const findings = sections.flatMap(section => section.findings);
  const count = (wanted: Status) => findings.filter(one => one.status === wanted).length;
  const [failures, warnings] = [count('failure'), count('warning')];
  const isProven = findings.some(({ id }) => id === 'probe');
  const colour = { ok: colours.green, warning: colours.yellow, failure: colours.red }[status];
  const verdict =
    status === 'failure'
      ? 'Records will not arrive.'
      : isProven
        ? 'Records arrive.'
        : 'Nothing is in the way of records; none was sent.';
  const counted = [some(failures, 'failure'), some(warnings, 'warning')].filter(text => text);
  const behind = counted.length > 0 ? ` ${counted.join(', ')}.` : '';
  return wrap(`${verdict}${behind}`, width, '  ').map(line => colours.bold(colour(line)));
}

function some(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
}
