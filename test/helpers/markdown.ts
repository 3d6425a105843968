/** A line of code in a table: between bars it cannot hold a bar. */
export function code(line: string): string {
  const fence = line.includes('`') ? '``' : '`';
  return `${fence}${line.replaceAll('|', '\\|')}${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
