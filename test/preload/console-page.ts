import { inspect } from 'node:util';
import { code, table } from '../helpers/markdown.js';
import { type ConsoleShape, PRELUDE, SECTIONS, type ShapeSection } from './console-shapes.js';

const INTRODUCTION = `# What a console call becomes

Written by \`node scripts/console-table.mjs\` from the table a test runs: each call below was made in a
program, and its record came out as shown.

## Severity

| Method | Severity |
| --- | --- |
| \`trace\` | TRACE |
| \`debug\` | DEBUG |
| \`log\`, \`info\`, \`dir\`, \`dirxml\`, \`table\`, \`group\`, \`groupCollapsed\`, \`count\`, \`timeLog\`, \`timeEnd\` | INFO |
| \`warn\` | WARN |
| \`error\`, a failing \`assert\` | ERROR |

A JSON line may name another one. Calls that print nothing (\`time\`, \`groupEnd\`, an \`assert\` that holds)
make no record.

## Body, attributes, exception

- **Body**: one text, followed by at most one plain object and at most one Error: the text. Every other
  call: all that was printed. \`OTEL_REGISTER_BODY=full\` always takes all that was printed.
- **\`log.template\`**: the text with its format specifiers, or the message, where the body is another
  text: what calls from one place have in common.
- **Attributes**: the fields of the objects that were logged. A name that is taken becomes \`name.2\`;
  \`log.*\`, \`code.*\`, \`exception.*\` and \`thread.id\` of the program come under \`user.\`. Entries of a Map and
  items of a list are data, not names: as an argument they are in the body alone.
- **Exception**: \`exception.type\`, \`exception.message\` and \`exception.stacktrace\` of the first Error.
- **Nothing of the program runs for a record**: no getter, no \`toJSON\`, no proxy trap. What prints itself
  (\`inspect.custom\`) is not looked into, so what it hides stays hidden: the body is all that was printed
  then, as it is where the console prints what attributes cannot hold (symbols as names, proxies, fields
  of a list or of a function). Of one plain object beside one text, fields named by symbols are in neither.
- **Limits**: a body and a stack trace of 64 KiB, 128 attributes, 8 KiB for one value, 8 levels. What was
  cut is marked \`log.truncated\`.

\`log.iostream\` (\`stdout\` or \`stderr\`) is on each record, and left out below. So is what other settings
govern: [call sites](call-sites.md) of errors, [secrets](redaction.md), [log context](context.md).
`;

const UNSAID = `## What only the output has

Every word that a call prints is in its record, capitals aside, save those that the console adds: the
class of an object within another one, sizes, \`[cause]\`, \`undefined\`, the parts of a URL, the \`n\` of a big
integer, and the names by which a JSON line calls its message and level. These are all of them, in the
calls above:
`;

/** Text of docs/console.md. */
export function consolePage(): string {
  return [
    INTRODUCTION,
    `The calls below use:\n\n\`\`\`js\n${PRELUDE}\n\`\`\`\n`,
    ...SECTIONS.map(section),
    UNSAID,
    table(
      ['Call', 'Words'],
      SECTIONS.flatMap(({ shapes }) => shapes)
        .filter(({ unsaid = [] }) => unsaid.length > 0)
        .map(({ call, unsaid }) => [code(call), code(unsaid!.join(' '))]),
    ),
  ].join('\n');
}

function section({ title, text, shapes }: ShapeSection): string {
  return [
    `## ${title}\n`,
    `${text}\n`,
    table(['Call', 'Severity', 'Body', 'Attributes', 'Exception'], shapes.map(row)),
  ].join('\n');
}

function row({ call, severity = 'INFO', body, attributes, exception }: ConsoleShape): string[] {
  return [
    code(call),
    severity,
    text(body),
    Object.entries(attributes ?? {})
      .map(([key, value]) => code(`${key}=${written(value)}`))
      .join('<br>'),
    exception === undefined
      ? ''
      : `${code(exception.type)}: ${code(exception.message)}<br>${text(exception.stacktrace)}`,
  ];
}

function written(value: unknown): string {
  return inspect(value, { depth: null, breakLength: Number.POSITIVE_INFINITY });
}

function text(lines: string): string {
  return lines.split('\n').filter(Boolean).map(code).join('<br>');
}
