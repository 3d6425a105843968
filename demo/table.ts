import type { ReceivedLog } from '../src/receiver/received-log.js';
import { fieldsCell, messageCell, timeCell } from './cells.js';
import type { Paint, Style } from './paint.js';
import { cut, fill, widthOf } from './text-width.js';

interface Column {
  readonly title: string;
  readonly maxWidth: number;
  readonly text: (record: ReceivedLog) => string;
  readonly style: (record: ReceivedLog) => Style | undefined;
}

const GAP = '  ';
// Less than this and messages are not readable: then it is columns that go.
const MIN_MESSAGE_WIDTH = 44;
const MESSAGE_SHARE = 0.55;

const SEVERITY_STYLES: readonly Style[] = [
  'gray',
  'gray',
  'green',
  'yellow',
  'red',
  ['bold', 'white', 'bgRed'],
];
const MESSAGE_STYLES: readonly (Style | undefined)[] = [
  'gray',
  'gray',
  undefined,
  'yellow',
  'red',
  ['bold', 'red'],
];

const TIME: Column = { title: 'time', maxWidth: 12, text: timeCell, style: () => 'gray' };
const SEVERITY: Column = {
  title: 'level',
  maxWidth: 5,
  text: record => record.severityText,
  style: severityStyle,
};
const SERVICE = resourceColumn('service', 16, ['service.name']);
const POOL = resourceColumn('pool', 12, ['emp.pool.name']);
const MACHINE = resourceColumn('machine', 14, ['emp.machine.id', 'host.name']);
const TRACE: Column = {
  title: 'trace',
  maxWidth: 8,
  text: record => record.traceId.slice(0, 8) || '-',
  style: () => 'magenta',
};

// Where the terminal is narrow: all lines say the same in most of these.
const DISPENSABLE = [MACHINE, SERVICE, POOL];

/** The records as lines no wider than `width`, under a line of titles. */
export function formatTable(
  records: readonly ReceivedLog[],
  width: number,
  paint: Paint,
): readonly string[] {
  const { columns, rest } = fitColumns(records, width);
  const messageWidth = Math.min(
    Math.round(rest * MESSAGE_SHARE),
    Math.max(...records.map(record => widthOf(messageCell(record)))),
  );

  const titles = columns.map(({ title, width }) => fill(title, width));
  const head = [...titles, fill('message', messageWidth), 'attributes'].join(GAP);
  const rows = records.map(record => {
    const cells = columns.map(column => formatCell(record, column, paint));
    return [...cells, formatContent(record, messageWidth, rest, paint)].join(GAP);
  });
  return [paint(['bold', 'underline'], fill(cut(head, width), width)).trimEnd(), ...rows];
}

/** Attributes as `fieldsCell()` has them, the values standing out. */
export function paintKeys(attributes: string, paint: Paint): string {
  return attributes.replace(/(^| )([\w.-]+=)/g, (_, space, key) => space + paint('gray', key));
}

export function severityStyle(record: ReceivedLog): Style | undefined {
  return SEVERITY_STYLES[rangeOf(record)];
}

// 1 to 4 is TRACE, … 21 to 24 FATAL.
function rangeOf({ severityNumber }: ReceivedLog): number {
  return (severityNumber - 1) >> 2;
}

type SizedColumn = Column & { readonly width: number };

function fitColumns(
  records: readonly ReceivedLog[],
  width: number,
): { columns: readonly SizedColumn[]; rest: number } {
  let columns = [TIME, SEVERITY, SERVICE, POOL, MACHINE, TRACE].map(column => ({
    ...column,
    width: widthOfColumn(column, records),
  }));
  for (const { title } of DISPENSABLE) {
    if (restOf(columns, width) >= MIN_MESSAGE_WIDTH) break;
    columns = columns.filter(column => column.title !== title);
  }
  return { columns, rest: Math.max(restOf(columns, width), 1) };
}

function widthOfColumn({ title, maxWidth, text }: Column, records: readonly ReceivedLog[]): number {
  return Math.max(
    title.length,
    ...records.map(record => Math.min(widthOf(text(record)), maxWidth)),
  );
}

function restOf(columns: readonly SizedColumn[], width: number): number {
  return columns.reduce((rest, column) => rest - column.width - GAP.length, width);
}

function formatCell(record: ReceivedLog, column: SizedColumn, paint: Paint): string {
  const text = cut(column.text(record), column.width);
  return paint(column.style(record), text) + ' '.repeat(column.width - widthOf(text));
}

// A message without attributes may use their room.
function formatContent(
  record: ReceivedLog,
  messageWidth: number,
  rest: number,
  paint: Paint,
): string {
  const style = MESSAGE_STYLES[rangeOf(record)];
  const attributes = fieldsCell(record.attributes);
  if (attributes === '') return paint(style, cut(messageCell(record), rest));

  const message = cut(messageCell(record), messageWidth);
  const padding = ' '.repeat(messageWidth - widthOf(message));
  const room = Math.max(rest - messageWidth - GAP.length, 1);
  return paint(style, message) + padding + GAP + paintKeys(cut(attributes, room), paint);
}

function resourceColumn(title: string, maxWidth: number, keys: readonly string[]): Column {
  const text = ({ resource }: ReceivedLog): string => {
    const key = keys.find(key => resource[key] !== undefined);
    return key === undefined ? '-' : String(resource[key]);
  };
  return { title, maxWidth, text, style: () => 'cyan' };
}
