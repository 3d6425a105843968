import { inspect } from 'node:util';
import { severityText } from '../../src/severity.js';
import { severityOfLevel } from '../../src/winston/levels.js';
import { code, table } from '../helpers/markdown.js';
import { LEVEL_SETS } from './level-sets.js';
import { PRELUDE, SECTIONS, type ShapeSection, type WinstonShape } from './winston-shapes.js';
import { OUTPUTS, WAYS } from './winston-ways.js';

const INTRODUCTION = `# What a winston call becomes

Written by \`node scripts/winston-table.mjs\` from the tables that tests run.

Each call of a winston 3 logger that winston puts out is one log record of the scope \`winston\`, with the
time and the active span of the call, also where a slow transport takes it later. Nothing has to be added to
the program, and neither its objects nor its output change: the records are taken where all loggers of a
copy of winston come together, in the class they inherit from.

Loggers are out of reach where winston is bundled into the application (by esbuild or webpack: mark it as
external), where a test runner evaluates modules on its own (jest), and in winston 1 and 2.

## Which loggers, which outputs

Tried in each combination: every call is exactly one record, and what the program prints is what it prints
without us.
`;

const TWICE = `## Never twice

- **winston's \`Console\`** writes past \`console.log\`, except with \`forceConsole\`, or where the console was
  replaced. What a transport prints by the console is no record of its own:
  - while the call lasts, a console line that is the message, the text that the formats have made, or the info
    itself; and for each transport one line that has the message in it, as a text or within JSON;
  - later, for 5 seconds, a line that is word for word that text or that message: one for each transport that
    may use the console and has not done so yet. Should the program print the same itself meanwhile, that
    line is taken for the transport's.
- **Every other console call of a transport** is the program's, and has its record: so has a line that a
  transport words itself and prints only after the log call has returned.
- **OpenTelemetry's transport** (\`@opentelemetry/winston-transport\`, by hand or by its instrumentation): its
  records are left out where they come to us. Where the application has registered a logs provider of its own,
  calls of loggers with that transport are the application's to send, and we leave them out.
- **An exception that a logger handles** (\`handleExceptions\`, \`exceptionHandlers\`) is the record of the crash,
  FATAL if winston then ends the process (\`exitOnError\`), and not one more of winston. An unhandled
  rejection that a logger handles is winston's record alone. The facts about process and machine that winston
  adds to both are left out.
- **\`OTEL_REGISTER_LOG_FORMAT\`** leaves lines of a logger as its own format has made them.

## Never lost

A logger without any transport keeps its calls back, and so does one with a transport that is slower than the
program. The former are recorded at once; the latter once winston has formatted them. What is recorded before,
for it still waits when the process ends, behind 10,000 others, or for a first transport, is recorded as the
formats make it: they are run for the record, of a copy.
`;

/** Text of docs/winston.md. */
export function winstonPage(): string {
  return [
    INTRODUCTION,
    lists(),
    TWICE,
    levelsSection(),
    `The calls below use:\n\n\`\`\`js\n${PRELUDE}\n\`\`\`\n`,
    'Where nothing else is said, `logger` is `createLogger({ transports: output })`.\n',
    ...SECTIONS.map(section),
  ].join('\n');
}

// One row for each logger, one column for each output: the heads are numbers, or it would not fit.
function lists(): string {
  const outputs = OUTPUTS.map(({ name }, index) => `${index + 1}. ${name}`);
  const head = ['Logger', ...OUTPUTS.map((_, index) => `${index + 1}`)];
  const rows = WAYS.map(({ name }) => [name, ...OUTPUTS.map(() => '1')]);
  return ['Outputs:\n', ...outputs, '', 'Records for each call:\n', table(head, rows)].join('\n');
}

function levelsSection(): string {
  const rows = Object.entries(LEVEL_SETS).map(([name, levels]) => [
    name,
    Object.keys(levels)
      .map(level => `\`${level}\` ${severityText(severityOfLevel(level, levels))}`)
      .join(', '),
  ]);
  return `## Severity\n\n${table(['Levels', 'Severity'], rows)}`;
}

function section({ title, text, shapes }: ShapeSection): string {
  const head = ['Logger', 'Call', 'Severity', 'Body', 'Attributes', 'Exception'];
  return [`## ${title}\n`, `${text}\n`, table(head, shapes.map(row))].join('\n');
}

function row({ options = '', call, record }: WinstonShape): string[] {
  const logger = options === '' ? '' : code(options);
  if (record === undefined) return [logger, code(call), 'no record', '', '', ''];
  const { severity = 'INFO', body, attributes = {}, exception } = record;
  return [
    logger,
    code(call),
    severity,
    body === '' ? '' : code(typeof body === 'string' ? body : inspect(body)),
    Object.entries(attributes)
      .map(([key, value]) =>
        code(`${key}=${inspect(value, { breakLength: Number.POSITIVE_INFINITY })}`),
      )
      .join('<br>'),
    exception === undefined ? '' : `${code(exception.type)}: ${code(exception.message)}`,
  ];
}
