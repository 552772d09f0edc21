import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

describe('config', () => {
  it('needs nothing', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4200, publicUrl: 'http://localhost:4000', spool: true });
    expect([...config.sites.values()]).toEqual([
      {
        id: 'dashboard',
        title: 'Dashboard',
        identity: 'account',
        origins: ['http://localhost:4000'],
        departments: ['*'],
        figures: 'layouts',
        minVisitors: 5,
        owners: [],
        fold: new Set(),
        keys: [],
      },
    ]);
    expect(config).toMatchObject({ sinks: ['duckdb'], queryEngine: 'duckdb', kafka: null, pinot: null });
    expect(config.trustedProxies.trusts('127.0.0.1')).toBe(true);
    expect(config.trustedProxies.trusts('10.0.0.1')).toBe(false);
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['HOST', 'PORT', 'PUBLIC_URL', 'REGISTRY_URL', 'DATA_DIR', 'SITES', 'SPOOL', 'SPOOL_MAX_BYTES', 'DUCKDB_MEMORY', 'SINKS'];
    const more = ['QUERY_ENGINE', 'COUNTRY_DATABASE', 'COUNTRY_HEADER', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'KAFKA_BROKERS', 'PINOT_BROKERS'];
    expect(readConfig(Object.fromEntries([...names, ...more].map((name) => [name, ''])))).toEqual(readConfig({}));
    const kafka = { SINKS: 'duckdb,kafka', KAFKA_BROKERS: 'a:1' };
    const empty = [
      'KAFKA_TOPIC',
      'KAFKA_DEAD_LETTER_TOPIC',
      'KAFKA_USERNAME',
      'KAFKA_PASSWORD',
      'KAFKA_SASL',
      'KAFKA_PARTITIONS',
      'KAFKA_REPLICAS',
    ];
    expect(readConfig({ ...kafka, ...Object.fromEntries(empty.map((name) => [name, ''])) })).toEqual(readConfig(kafka));
  });

  it.each([
    ['PORT', '99999'],
    ['PUBLIC_URL', 'localhost:4000'],
    ['SPOOL', 'maybe'],
    ['SPOOL_MAX_BYTES', '1'],
    ['TRUSTED_PROXIES', 'everyone'],
    ['SINKS', 'duckdb,pinot'],
    ['QUERY_ENGINE', 'clickhouse'],
    ['COUNTRY_DATABASE', 'nowhere.mmdb'],
    ['SITES', 'nowhere.json'],
    ['SITES', '[{"id":'],
    ['SITES', '[{"id":"shop"}]'],
    ['SITES', '[{"id":"shop","origins":["https://shop.test/path"]}]'],
    ['SITES', '[{"id":"shop","origins":[],"identity":"cookie"}]'],
    ['SITES', '[{"id":"shop","origins":[],"departement":["sales"]}]'],
    ['SITES', '[{"id":"shop","origins":[],"owners":"storefront"}]'],
    ['SITES', '[{"id":"shop","origins":[],"figures":"some"}]'],
    ['SITES', '[{"id":"shop","origins":[],"minVisitors":0}]'],
    ['SITES', '[{"id":"shop","origins":[],"keys":["dmk_itself"]}]'],
    ['SITES', '[{"id":"shop","origins":[]},{"id":"shop","origins":[]}]'],
  ])('a wrong %s (%s) is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(expect.objectContaining({ name: 'ConfigError', variable: name }));
  });

  it('reads Kafka and Pinot where they are used', () => {
    const config = readConfig({
      SINKS: 'kafka, duckdb',
      QUERY_ENGINE: 'pinot',
      KAFKA_BROKERS: 'one:9092, [::1]:9093',
      KAFKA_TLS: 'on',
      KAFKA_USERNAME: 'tracker',
      KAFKA_PASSWORD: 'secret',
      KAFKA_REPLICAS: '3',
      PINOT_BROKERS: 'pinot:8099,https://pinot.example.com',
    });
    expect(config.sinks).toEqual(['duckdb', 'kafka']);
    expect(config.kafka).toEqual({
      brokers: ['one:9092', '[::1]:9093'],
      topic: 'datamesh-events',
      deadLetterTopic: 'datamesh-events-dead',
      partitions: null,
      replicas: 3,
      tls: true,
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'tracker', password: 'secret' },
    });
    expect(config.pinot).toEqual({ brokers: ['pinot:8099', 'https://pinot.example.com'], table: 'events', token: null });
  });

  it.each([
    [{ SINKS: 'kafka', KAFKA_BROKERS: 'a:1' }, 'QUERY_ENGINE must be pinot, or SINKS=kafka,duckdb'],
    [{ SINKS: 'duckdb,kafka' }, 'KAFKA_BROKERS must be a list'],
    [{ SINKS: 'duckdb,kafka', KAFKA_BROKERS: 'http://kafka' }, 'KAFKA_BROKERS must be a list of host:port; "http://kafka" is not'],
    [{ SINKS: 'duckdb,kafka', KAFKA_BROKERS: 'a:1', KAFKA_TOPIC: 'a b' }, 'KAFKA_TOPIC'],
    [{ SINKS: 'duckdb,kafka', KAFKA_BROKERS: 'a:1', KAFKA_DEAD_LETTER_TOPIC: 'datamesh-events' }, 'KAFKA_DEAD_LETTER_TOPIC'],
    [{ SINKS: 'duckdb,kafka', KAFKA_BROKERS: 'a:1', KAFKA_USERNAME: 'tracker' }, 'KAFKA_PASSWORD'],
    [{ QUERY_ENGINE: 'pinot' }, 'PINOT_BROKERS must be a list'],
    [{ QUERY_ENGINE: 'pinot', PINOT_BROKERS: 'a b' }, 'PINOT_BROKERS must be a list of host:port or http addresses; "a b" is neither'],
    [{ QUERY_ENGINE: 'pinot', PINOT_BROKERS: 'a:1', PINOT_TABLE: 'events; DROP' }, 'PINOT_TABLE'],
  ])('%j is refused: %s', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });
});
