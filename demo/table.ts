import type { ViewedRecord } from '../src/viewer/api.js';
import { levelIndex } from '../src/viewer/severity.js';
import { commonFields, fieldsCell, messageCell, offsetCell } from './cells.js';
import type { Paint, Style } from './paint.js';
import { cut, fill, widthOf } from './text-width.js';

interface Column {
  readonly title: string;
  readonly maxWidth: number;
  readonly text: (record: ViewedRecord) => string;
  readonly style: (record: ViewedRecord) => Style | undefined;
  readonly isNumber?: boolean;
}

const GAP = '  ';
// Less than this and messages are not readable: then it is columns that go.
const MIN_MESSAGE_WIDTH = 40;
const MESSAGE_SHARE = 0.65;
// With less than this for messages and attributes, a column of attributes would leave nothing of either.
const MIN_ALIGNED_WIDTH = 90;
const MIN_ATTRIBUTES_WIDTH = 8;

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

const SEVERITY: Column = {
  title: 'level',
  maxWidth: 5,
  text: record => record.severityText,
  style: record => SEVERITY_STYLES[levelIndex(record.severityNumber)],
};
const SERVICE: Column = {
  title: 'service',
  maxWidth: 16,
  text: record => record.service ?? '-',
  style: () => 'cyan',
};
const POOL: Column = {
  title: 'pool',
  maxWidth: 12,
  text: record => record.pool ?? '-',
  style: () => 'cyan',
};
const TRACE: Column = {
  title: 'trace',
  maxWidth: 8,
  text: record => record.traceId?.slice(0, 8) ?? '-',
  style: () => 'magenta',
};

// Where the terminal is narrow.
const DISPENSABLE = [TRACE, POOL];

/** Records, oldest first, as lines no wider than `width`, under a line of titles. */
export function formatTable(
  records: readonly ViewedRecord[],
  width: number,
  paint: Paint,
): readonly string[] {
  const { columns, rest } = fitColumns(records, width);
  const contents = withoutCommonFields(records);
  const room = { rest, messageWidth: messageWidthOf(contents, rest) };

  const titles = columns.map(column => align(column.title, column));
  const head = [...titles, fill('message', room.messageWidth), 'attributes'].join(GAP);
  const rows = contents.map(record => {
    const cells = columns.map(column => formatCell(record, column, paint));
    return [...cells, formatContent(record, room, paint)].join(GAP);
  });
  return [paint(['bold', 'underline'], fill(cut(head, width), width)).trimEnd(), ...rows];
}

/** Attributes as `fieldsCell()` has them, the values standing out. */
export function paintKeys(attributes: string, paint: Paint): string {
  return attributes.replace(/(^| )([\w.-]+=)/g, (_, space, key) => space + paint('gray', key));
}

// What is the same on each line is not told on each.
function withoutCommonFields(records: readonly ViewedRecord[]): ViewedRecord[] {
  const common = Object.keys(commonFields(records));
  return records.map(record => {
    const entries = Object.entries(record.attributes);
    const own = entries.filter(([key]) => !common.includes(key));
    return { ...record, attributes: Object.fromEntries(own) };
  });
}

type SizedColumn = Column & { readonly width: number };

function fitColumns(
  records: readonly ViewedRecord[],
  width: number,
): { columns: readonly SizedColumn[]; rest: number } {
  const all = [offsetColumn(records), SEVERITY, SERVICE, POOL, TRACE];
  let columns = all.map(column => ({ ...column, width: widthOfColumn(column, records) }));
  for (const { title } of DISPENSABLE) {
    if (restOf(columns, width) >= MIN_MESSAGE_WIDTH) break;
    columns = columns.filter(column => column.title !== title);
  }
  return { columns, rest: Math.max(restOf(columns, width), 1) };
}

function offsetColumn(records: readonly ViewedRecord[]): Column {
  const start = BigInt(records[0]?.timeUnixNano ?? 0);
  return {
    title: 'ms',
    maxWidth: 9,
    text: record => offsetCell(record, start),
    style: () => 'gray',
    isNumber: true,
  };
}

function widthOfColumn(
  { title, maxWidth, text }: Column,
  records: readonly ViewedRecord[],
): number {
  return Math.max(
    title.length,
    ...records.map(record => Math.min(widthOf(text(record)), maxWidth)),
  );
}

function restOf(columns: readonly SizedColumn[], width: number): number {
  return columns.reduce((rest, column) => rest - column.width - GAP.length, width);
}

function formatCell(record: ViewedRecord, column: SizedColumn, paint: Paint): string {
  const text = cut(column.text(record), column.width);
  return align(text, column).replace(text, paint(column.style(record), text));
}

function align(text: string, { width, isNumber }: SizedColumn): string {
  return isNumber ? text.padStart(width) : fill(text, width);
}

/** Of messages and their attributes together, and of the former's column: 0 where there is none. */
interface Room {
  readonly rest: number;
  readonly messageWidth: number;
}

function messageWidthOf(records: readonly ViewedRecord[], rest: number): number {
  if (rest < MIN_ALIGNED_WIDTH) return 0;
  const longest = Math.max(...records.map(record => widthOf(messageCell(record))));
  return Math.min(Math.round(rest * MESSAGE_SHARE), longest);
}

// A message without attributes may use their room.
function formatContent(record: ViewedRecord, { rest, messageWidth }: Room, paint: Paint): string {
  const style = MESSAGE_STYLES[levelIndex(record.severityNumber)];
  const attributes = fieldsCell(record.attributes);
  const isAligned = messageWidth > 0 && attributes !== '';
  const message = cut(messageCell(record), isAligned ? messageWidth : rest);
  const padding = ' '.repeat(Math.max(messageWidth - widthOf(message), 0));
  const left = rest - widthOf(message + padding) - GAP.length;
  if (attributes === '' || left < MIN_ATTRIBUTES_WIDTH) return paint(style, message);
  return paint(style, message) + padding + GAP + paintKeys(cut(attributes, left), paint);
}
