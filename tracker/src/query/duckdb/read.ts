/** One question to the DuckDB file. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Database } from '../../storage/database';
import { typesOf, type Values } from './conditions';

export type Read = (sql: string, values: Values, signal: AbortSignal) => Promise<DuckDBValue[][]>;

export const readerOf =
  (database: Database): Read =>
  (sql, values, signal) =>
    database.read(signal, async (connection) => rowsOf(connection, sql, values));

export const rowsOf = async (connection: DuckDBConnection, sql: string, values: Values): Promise<DuckDBValue[][]> =>
  (await connection.runAndReadAll(sql, values, typesOf(values))).getRows();
