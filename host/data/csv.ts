/** Rows of an RFC 4180 table whose header line has these columns, as objects of text. */
export function parseCsv<Column extends string>(text: string, columns: readonly Column[]): Record<Column, string>[] {
  const [header = [], ...rows] = recordsOf(text);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`the table has no ${missing.join(', ')}: ${header.join(',')}`);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`a row has ${row.length} fields instead of ${header.length}: ${row.join(',')}`);
    const known: Record<string, string> = Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
    return known as Record<Column, string>;
  });
}

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not a CSV table at character ${at}`);
    const [, value = '', end] = match;
    record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ',') {
      records.push(record);
      record = [];
    }
  }
  return records;
}
