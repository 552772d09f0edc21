/** The sinks that SINKS names. */
import type { Config } from '../config';
import type { Database } from '../storage/database';
import { DuckDbSink } from './duckdb';
import type { Sink } from './sink';

export interface OpenSinks {
  all: Sink[];
  duckdb: DuckDbSink | null;
}

/** Without a spool there is no position to keep: what was not written is lost with the process. */
export function openSinks(config: Config, database: Database | null, rejected: (payload: Buffer, error: unknown) => void): OpenSinks {
  const duckdb = database && new DuckDbSink(database, config.spool ? 'spool' : null, rejected);
  return { all: duckdb ? [duckdb] : [], duckdb };
}
