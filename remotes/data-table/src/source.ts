/** A table as the data service answers it, checked before it is drawn: `source` is a setting and may name anything. */
import { DataError, fetchData } from '@datamesh/widget-sdk';

export type ColumnType = 'text' | 'number' | 'percent' | 'spark';

export interface SourceColumn {
  id: string;
  title: string;
  type: ColumnType;
  unit?: string;
}

export type Row = Readonly<Record<string, unknown>>;

export interface TableSource {
  caption: string;
  columns: SourceColumn[];
  rows: Row[];
}

export async function loadTable(path: string, signal: AbortSignal): Promise<TableSource> {
  return asTable(await fetchData<unknown>(path, signal), path);
}

export function asTable(answer: unknown, path: string): TableSource {
  const { caption, columns, rows } = isObject(answer) ? answer : {};
  if (!Array.isArray(columns) || !columns.every(isColumn) || !Array.isArray(rows) || !rows.every(isObject)) {
    throw new DataError('not_a_table', `${path} holds no table: columns and rows were expected`);
  }
  // Columns are told apart by their ids: a second one of the same would be the first again.
  const distinct = [...new Map(columns.toReversed().map((column) => [column.id, column])).values()].toReversed();
  return { caption: typeof caption === 'string' ? caption : '', columns: distinct, rows };
}

/** What a row has under a column's id, and nothing that every object has. */
export const cellOf = (row: Row, id: string): unknown => (Object.hasOwn(row, id) ? row[id] : undefined);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isColumn = (column: unknown): column is SourceColumn =>
  isObject(column) && typeof column['id'] === 'string' && typeof column['title'] === 'string';
