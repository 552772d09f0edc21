/** Schema and table for one installation: schema.json and table.json, with its names in them and without what its version of Pinot does not know. */
import type { PinotSetup } from '../src/config';
import type { Json, JsonObject } from './json';
import schemaJson from './schema.json';
import tableJson from './table.json';

export type Version = readonly [major: number, minor: number];

const FIRST: Version = [1, 0];
/** 0.11 breaks a table with dedup whose segment is sealed before it has a row. */
const SEALS_EMPTY: Version = [0, 12];
/** Dedup metadata with a time to live, and the plugin for the Kafka client 3. */
const DEDUP_TTL: Version = [1, 3];

export function schemaFor({ table }: Pick<PinotSetup, 'table'>): JsonObject {
  return { ...(schemaJson as JsonObject), schemaName: table };
}

export function tableFor({ table, replicas, kafka }: PinotSetup, version: Version): JsonObject {
  const { dedupEnabled, hashFunction, ...dedupTtl } = tableJson.dedupConfig;
  const { continueOnError, streamIngestionConfig, ...ingestion } = tableJson.ingestionConfig;
  const [stream] = streamIngestionConfig.streamConfigMaps;
  const plugin = atLeast(version, DEDUP_TTL) ? 'kafka30' : 'kafka20';
  return {
    ...tableJson,
    tableName: table,
    segmentsConfig: {
      ...tableJson.segmentsConfig,
      replication: String(replicas),
      ...(atLeast(version, FIRST) ? {} : { schemaName: table, replicasPerPartition: String(replicas) }),
    },
    dedupConfig: { dedupEnabled, hashFunction, ...(atLeast(version, DEDUP_TTL) ? dedupTtl : {}) },
    ingestionConfig: {
      ...ingestion,
      ...(atLeast(version, FIRST) ? { continueOnError } : {}),
      streamIngestionConfig: {
        streamConfigMaps: [
          {
            ...stream,
            'stream.kafka.topic.name': kafka.topic,
            'stream.kafka.broker.list': kafka.brokers.join(','),
            'stream.kafka.consumer.factory.class.name': `org.apache.pinot.plugin.stream.${plugin}.KafkaConsumerFactory`,
            ...(atLeast(version, FIRST) ? {} : { 'stream.kafka.consumer.type': 'lowlevel' }),
            ...kafkaSecurity(kafka),
          },
        ],
      },
    },
  } as JsonObject;
}

/** Pinot passes these on to its Kafka client, and keeps them in its own store: give it a user who may only read. */
function kafkaSecurity({ tls, sasl }: PinotSetup['kafka']): Record<string, Json> {
  if (!sasl) return tls ? { 'security.protocol': 'SSL' } : {};
  const login = sasl.mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return {
    'security.protocol': tls ? 'SASL_SSL' : 'SASL_PLAINTEXT',
    'sasl.mechanism': sasl.mechanism,
    'sasl.jaas.config': `org.apache.kafka.common.security.${login} required username=${quoted(sasl.username)} password=${quoted(sasl.password)};`,
  };
}

export const canSeal = (version: Version): boolean => atLeast(version, SEALS_EMPTY);

function atLeast([major, minor]: Version, [leastMajor, leastMinor]: Version): boolean {
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
