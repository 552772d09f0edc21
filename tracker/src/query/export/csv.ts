/**
 * CSV as RFC 4180 has it, instants by the clocks of the zone with their offset, in UTF-8 with the mark that spreadsheets look for. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it: whoever may send events could otherwise run something on the machine of whoever opens the file.
 */
import { stringify } from 'csv-stringify/sync';
import type { Calendar } from '../calendar';
import type { Cell, ColumnType, FileZone, Table } from './table';

/** Quotes whatever holds an end of line, not only the one that is written here. */
const OPTIONS = { record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ } as const;

export async function* csvOf({ columns, portions }: Table, { calendar }: FileZone): AsyncGenerator<Buffer> {
  const types = columns.map(({ type }) => type);
  yield Buffer.from(stringify([columns.map(({ name }) => name)], { ...OPTIONS, bom: true }));
  for await (const rows of portions)
    yield Buffer.from(
      stringify(
        rows.map((row) => row.map((cell, index) => shown(cell, types[index], calendar))),
        OPTIONS,
      ),
    );
}

const shown = (cell: Cell, type: ColumnType | undefined, calendar: Calendar): Cell =>
  type === 'instant' && typeof cell === 'number' ? calendar.iso(cell) : cell;
