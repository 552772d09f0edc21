import { describe, expect, it } from 'vitest';
import { readPinotSetup } from '../src/config';
import { COLUMNS } from '../src/sinks/columns';
import { schemaFor, tableFor } from './definition';
import schema from './schema.json';

const env = { PINOT_CONTROLLER: 'http://pinot:9000', KAFKA_BROKERS: 'kafka:9092', PINOT_TABLE: 'visits', PINOT_REPLICAS: '3' };
const setup = readPinotSetup(env);
const streamOf = (table: object) =>
  (table as { ingestionConfig: { streamIngestionConfig: { streamConfigMaps: [Record<string, string>] } } }).ingestionConfig
    .streamIngestionConfig.streamConfigMaps[0];

describe('Pinot: schema and table', () => {
  it('has a column for every field of an event', () => {
    const columns = [...schema.dimensionFieldSpecs, ...schema.metricFieldSpecs, ...schema.dateTimeFieldSpecs].map(({ name }) => name);
    expect(columns.sort()).toEqual([...Object.keys(COLUMNS), 'prop_keys', 'hour_ms', 'dwell_sum_ms'].sort());
  });

  it('has room for everything that the collector takes, and the values that the engine takes for absent', () => {
    for (const { name, dataType, defaultNullValue, maxLength = 512 } of schema.dimensionFieldSpecs) {
      expect([name, defaultNullValue]).toEqual([name, dataType === 'STRING' ? '' : -1]);
      // Longer texts are cut off by Pinot without a word.
      if (['path', 'host', 'referrer', 'utm_source', 'utm_medium', 'utm_campaign'].includes(name))
        expect(maxLength).toBeGreaterThanOrEqual(2000);
    }
  });

  it('says what 1.5 needs, and leaves out what 0.11 does not know', () => {
    const old = tableFor(setup, [0, 11]);
    const current = tableFor(setup, [1, 5]);
    expect(old['dedupConfig']).toEqual({ dedupEnabled: true, hashFunction: 'MURMUR3' });
    expect(current['dedupConfig']).toMatchObject({ dedupTimeColumn: 'received_ts', metadataTTL: 7 * 86_400_000 });
    expect(old['segmentsConfig']).toMatchObject({ schemaName: 'visits', replicasPerPartition: '3', replication: '3' });
    expect(current['segmentsConfig']).not.toHaveProperty('replicasPerPartition');
    expect(old['ingestionConfig']).not.toHaveProperty('continueOnError');
    expect(current['ingestionConfig']).toHaveProperty('continueOnError', true);
    expect(streamOf(old)['stream.kafka.consumer.factory.class.name']).toContain('.kafka20.');
    expect(streamOf(current)['stream.kafka.consumer.factory.class.name']).toContain('.kafka30.');
    expect(streamOf(tableFor(setup, [1, 2]))['stream.kafka.consumer.factory.class.name']).toContain('.kafka20.');
  });

  it('has the names of the installation in it', () => {
    expect(schemaFor(setup)['schemaName']).toBe('visits');
    expect(tableFor(setup, [1, 5])['tableName']).toBe('visits');
    expect(streamOf(tableFor(setup, [1, 5]))).toMatchObject({
      'stream.kafka.topic.name': 'datamesh-events',
      'stream.kafka.broker.list': 'kafka:9092',
    });
  });

  it('tells Pinot how to sign in to Kafka, whatever is in the password', () => {
    const secured = readPinotSetup({ ...env, KAFKA_TLS: 'on', KAFKA_USERNAME: 'pinot', KAFKA_PASSWORD: 'a"b\\c;' });
    expect(streamOf(tableFor(secured, [1, 5]))).toMatchObject({
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required username="pinot" password="a\\"b\\\\c;";',
    });
  });

  it('needs a controller', () => {
    expect(() => readPinotSetup({ KAFKA_BROKERS: 'kafka:9092' })).toThrow('PINOT_CONTROLLER');
    expect(() => readPinotSetup({ PINOT_CONTROLLER: 'http://pinot:9000' })).toThrow(
      'KAFKA_BROKERS must be a list such as kafka-1:9092,kafka-2:9092: Pinot needs it',
    );
  });
});
