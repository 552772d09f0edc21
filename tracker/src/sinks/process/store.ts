/** What a sink's process opens: the sink, and where the store answers questions itself what answers them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDbQueries } from '../../query/duckdb/queries';
import type { QueryEngine } from '../../query/port';
import { Database } from '../../storage/database';
import { FolderLock } from '../../storage/folder-lock';
import { DuckDbSink, SCHEMA } from '../duckdb';
import { KafkaCluster } from '../kafka/cluster';
import { KafkaSink } from '../kafka/sink';
import { PositionFile } from '../position-file';
import type { Sink } from '../sink';
import type { SinkSettings } from './messages';

export interface Store {
  sink: Sink;
  queries: QueryEngine | null;
  /** After the sink. */
  close(): void;
}

/** A line of the log. */
export type Log = (text: string, about: Record<string, unknown>) => void;

/** How long the process of a tracker that was killed may take to be gone, in milliseconds. */
const TIMEOUT_MS = 15_000;

export async function openStore(settings: SinkSettings, log: Log): Promise<Store> {
  const rejected = (payload: Buffer, error: unknown): void =>
    log('a record that no sink can take; left out', { err: error, payload: payload.toString('utf8') });
  return settings.sink === 'duckdb' ? openDuckDb(settings, rejected, log) : openKafka(settings, rejected, log);
}

type Rejected = (payload: Buffer, error: unknown) => void;

async function openDuckDb(
  { dataDir, spool, memoryLimit }: Extract<SinkSettings, { sink: 'duckdb' }>,
  rejected: Rejected,
  log: Log,
): Promise<Store> {
  const database = await onceUnlocked(() => Database.open({ file: join(dataDir, 'events.duckdb'), memoryLimit, schema: SCHEMA }));
  const sink = new DuckDbSink(database, spool ? 'spool' : null, rejected, Date.now, (error) =>
    log('sums could not be made, which is tried again; until then questions take longer', { err: error }),
  );
  sink.keepSums();
  return { sink, queries: new DuckDbQueries(database), close: () => database.close() };
}

async function openKafka(
  { dataDir, spool, kafka }: Extract<SinkSettings, { sink: 'kafka' }>,
  rejected: Rejected,
  log: Log,
): Promise<Store> {
  const folder = join(dataDir, 'sinks');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Of a killed tracker's process as well: two that keep one position would move it back and forth.
  const lock = await onceUnlocked(() => FolderLock.take(folder));
  const sink = new KafkaSink({
    cluster: new KafkaCluster(kafka),
    topic: kafka.topic,
    deadLetterTopic: kafka.deadLetterTopic,
    file: spool ? new PositionFile(join(folder, 'kafka.json')) : null,
    rejected,
    setAside: (position, reason) => log('Kafka refuses a record; it went to the topic of dead letters', { position, reason }),
  });
  return { sink, queries: null, close: () => lock.close() };
}

/** The tracker is alone on its folder, so a lock is that of a process whose tracker was killed: it goes by itself, in a moment. */
async function onceUnlocked<T>(open: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + TIMEOUT_MS; ; await sleep(50)) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('Could not set lock')) || performance.now() > until) throw error;
    }
  }
}
