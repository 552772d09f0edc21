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
  const { caption, columns, rows } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  if (!Array.isArray(columns) || !columns.every(isColumn) || !Array.isArray(rows)) {
    throw new DataError('not_a_table', `${path} holds no table: columns and rows were expected`);
  }
  return { caption: typeof caption === 'string' ? caption : '', columns, rows: rows as Row[] };
}

const isColumn = (column: unknown): column is SourceColumn =>
  typeof column === 'object' &&
  column !== null &&
  typeof (column as SourceColumn).id === 'string' &&
  typeof (column as SourceColumn).title === 'string';
