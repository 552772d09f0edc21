/** Several questions to one moment of the DuckDB file. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { Database } from '../../storage/database';
import type { Values } from './conditions';
import { rowsOf } from './read';

export type Rows = (sql: string, values: Values) => Promise<DuckDBValue[][]>;

export type Snapshot = <T>(signal: AbortSignal, ask: (rows: Rows) => Promise<T>) => Promise<T>;

export const snapshotsOf =
  (database: Database): Snapshot =>
  (signal, ask) =>
    database.snapshot(signal, (connection) => ask((sql, values) => rowsOf(connection, sql, values)));
