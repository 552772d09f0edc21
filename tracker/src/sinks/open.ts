/** The sinks that SINKS names. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config';
import type { Database } from '../storage/database';
import { DuckDbSink } from './duckdb';
import { KafkaCluster } from './kafka/cluster';
import { KafkaSink } from './kafka/sink';
import { PositionFile } from './position-file';
import type { Sink } from './sink';

/** Without a spool there is no position to keep: what was not written is lost with the process. */
export function openSinks(config: Config, database: Database | null, logger: Logger): Sink[] {
  const rejected =
    (sink: string) =>
    (payload: Buffer, error: unknown): void =>
      logger.error({ err: error, sink, payload: payload.toString('utf8') }, 'a record that no sink can take; left out');
  const duckdb =
    database &&
    new DuckDbSink(database, config.spool ? 'spool' : null, rejected('duckdb'), Date.now, (error) =>
      logger.error({ err: error }, 'sums could not be made, which is tried again; until then questions take longer'),
    );
  duckdb?.keepSums();
  const kafka =
    config.kafka &&
    new KafkaSink({
      cluster: new KafkaCluster(config.kafka),
      topic: config.kafka.topic,
      deadLetterTopic: config.kafka.deadLetterTopic,
      file: config.spool ? new PositionFile(join(config.dataDir, 'sinks', 'kafka.json')) : null,
      rejected: rejected('kafka'),
      setAside: (position, reason) => logger.error({ position, reason }, 'Kafka refuses a record; it went to the topic of dead letters'),
    });
  return [...(duckdb ? [duckdb] : []), ...(kafka ? [kafka] : [])];
}
