/** The only place that reads the environment. */
import {
  ConfigError,
  type Environment,
  type LogLevel,
  type RateLimit,
  type SettingRead,
  Settings,
  type TrustedProxies,
} from '@datamesh/service';
import type { Setting } from './settings';
import { parseSites, type Sites } from './sites/site';

/** A Kafka cluster as a client needs it. */
export interface KafkaConnection {
  /** `host:port` */
  brokers: readonly string[];
  tls: boolean;
  sasl: { mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; username: string; password: string } | null;
}

export interface KafkaConfig extends KafkaConnection {
  topic: string;
  /** Where records go that the cluster refuses for good. */
  deadLetterTopic: string;
  /** Of topics that are not there yet; null: as the cluster's own settings say. */
  partitions: number | null;
  replicas: number | null;
}

export interface PinotConfig {
  /** `host:port` or addresses. */
  brokers: readonly string[];
  table: string;
  token: string | null;
}

export interface Config {
  host: string;
  port: number;
  /** Where people open the dashboard; the issuer of the edge's tokens. */
  publicUrl: string;
  registryUrl: string;
  dataDir: string;
  sites: Sites;
  /** false: events are acknowledged from memory. For the bench only. */
  spool: boolean;
  spoolMaxBytes: number;
  memoryLimit: string;
  /** Where events go from the spool; each has its own position in it. */
  sinks: readonly SinkName[];
  queryEngine: 'duckdb' | 'pinot';
  /** null unless it is a sink. */
  kafka: KafkaConfig | null;
  /** null unless it is asked. */
  pinot: PinotConfig | null;
  /** An .mmdb file, and a header of TRUSTED_PROXIES: where the country of a visit comes from. */
  countryDatabase: string | null;
  countryHeader: string | null;
  trustedProxies: TrustedProxies;
  /** Names by which other services call this one, beside addresses, localhost and the public one. */
  allowedHosts: string[];
  /** Events of senders that are not trusted. */
  rateLimits: { person: RateLimit; address: RateLimit };
  /** Calls of the query API, of one person. */
  questions: RateLimit;
  /** Milliseconds that accepted requests may take once the service stops. */
  grace: number;
  /** Milliseconds until all of a body must be there. */
  bodyWithin: number;
  logLevel: LogLevel;
  /** All of these as they were read, for admins. */
  settings: readonly SettingRead[];
}

/** Events of one batch: a lower limit would refuse a whole one for ever. */
const MAX_AT_ONCE = 500;

const SINKS = ['duckdb', 'kafka'] as const;
export type SinkName = (typeof SINKS)[number];

/** Throws a ConfigError, which names the setting and what it should be. */
export function readConfig(env: Environment = process.env, settings = new Settings<Setting>(env)): Config {
  const publicUrl = settings.origin('PUBLIC_URL', 'http://localhost:4000').origin;
  const sinks = readSinks(settings);
  const queryEngine = settings.oneOf('QUERY_ENGINE', ['duckdb', 'pinot']);
  if (queryEngine === 'duckdb' && !sinks.includes('duckdb'))
    throw new ConfigError('QUERY_ENGINE', `must be pinot, or SINKS=${[...sinks, 'duckdb'].join(',')}: DuckDB answers from its own sink`);
  return {
    host: settings.text('HOST', '127.0.0.1'),
    port: settings.port('PORT', 4200),
    publicUrl,
    registryUrl: addressOf(settings, 'REGISTRY_URL', 'http://127.0.0.1:4100'),
    dataDir: settings.path('DATA_DIR', '.data/tracker'),
    sites: readSites(settings, publicUrl),
    spool: settings.oneOf('SPOOL', ['on', 'off']) === 'on',
    spoolMaxBytes: settings.whole('SPOOL_MAX_BYTES', { otherwise: 1024 ** 3, least: 64 * 1024, most: 1024 ** 5, unit: 'bytes' }),
    memoryLimit: settings.text('DUCKDB_MEMORY', '1GB'),
    sinks,
    queryEngine,
    kafka: sinks.includes('kafka') ? readKafka(settings, 'SINKS with kafka') : null,
    pinot: queryEngine === 'pinot' ? readPinot(settings) : null,
    countryDatabase: settings.existingFile('COUNTRY_DATABASE'),
    countryHeader: settings.optional('COUNTRY_HEADER')?.toLowerCase() ?? null,
    trustedProxies: settings.trustedProxies('TRUSTED_PROXIES', ['127.0.0.0/8', '::1/128']),
    allowedHosts: settings.allowedHosts(),
    questions: settings.perMinute('LIMIT_QUESTIONS', 6_000),
    rateLimits: {
      person: settings.perMinute('LIMIT_EVENTS_PER_PERSON', 1_200, MAX_AT_ONCE),
      address: settings.perMinute('LIMIT_EVENTS_PER_ADDRESS', 120_000, MAX_AT_ONCE),
    },
    grace: settings.grace(),
    bodyWithin: settings.bodyWithin(),
    logLevel: settings.logLevel(),
    settings: settings.all(),
  };
}

function readSinks(settings: Settings<Setting>): readonly SinkName[] {
  const sinks = settings.someOf('SINKS', SINKS, ['duckdb']);
  if (sinks.length === 0) throw new ConfigError('SINKS', `must name at least one of ${SINKS.join(', ')}`);
  return sinks;
}

/** `needed` says who asks for it. */
function readKafka(settings: Settings<Setting>, needed: string): KafkaConfig {
  const brokers = settings.list('KAFKA_BROKERS') ?? [];
  if (brokers.length === 0) throw new ConfigError('KAFKA_BROKERS', `must be a list such as kafka-1:9092,kafka-2:9092: ${needed} needs it`);
  for (const broker of brokers)
    if (!/^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(broker))
      throw new ConfigError('KAFKA_BROKERS', `must be a list of host:port; "${broker}" is not`);
  const topic = topicName(settings, 'KAFKA_TOPIC', 'datamesh-events');
  const deadLetterTopic = topicName(settings, 'KAFKA_DEAD_LETTER_TOPIC', 'datamesh-events-dead');
  if (topic === deadLetterTopic) throw new ConfigError('KAFKA_DEAD_LETTER_TOPIC', 'must be another topic than KAFKA_TOPIC');
  const username = settings.optional('KAFKA_USERNAME');
  const password = settings.secret('KAFKA_PASSWORD');
  if ((username === null) !== (password === null))
    throw new ConfigError(username === null ? 'KAFKA_USERNAME' : 'KAFKA_PASSWORD', 'must be set as well: the two belong together');
  const mechanism = settings.oneOf('KAFKA_SASL', ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN']);
  return {
    brokers,
    topic,
    deadLetterTopic,
    partitions: settings.optionalWhole('KAFKA_PARTITIONS', { least: 1, most: 10_000 }),
    replicas: settings.optionalWhole('KAFKA_REPLICAS', { least: 1, most: 100 }),
    tls: settings.oneOf('KAFKA_TLS', ['off', 'on']) === 'on',
    sasl: username !== null && password !== null ? { mechanism, username, password } : null,
  };
}

const topicName = (settings: Settings<Setting>, name: Setting, otherwise: string): string =>
  settings.matching(name, otherwise, /^(?!\.+$)[a-zA-Z0-9._-]{1,249}$/, 'a name of a Kafka topic');

function readPinot(settings: Settings<Setting>): PinotConfig {
  const brokers = settings.list('PINOT_BROKERS') ?? [];
  if (brokers.length === 0) throw new ConfigError('PINOT_BROKERS', 'must be a list such as pinot-broker:8099: QUERY_ENGINE=pinot needs it');
  for (const broker of brokers)
    if (!URL.canParse(/^https?:\/\//.test(broker) ? broker : `http://${broker}`) || /\s/.test(broker))
      throw new ConfigError('PINOT_BROKERS', `must be a list of host:port or http addresses; "${broker}" is neither`);
  return { brokers, table: tableName(settings), token: settings.secret('PINOT_TOKEN') };
}

/** For `datamesh-tracker pinot apply`. */
export interface PinotSetup {
  controller: string;
  table: string;
  /** The whole value of the header `authorization`. */
  token: string | null;
  /** Of each segment. */
  replicas: number;
  /** Where Pinot reads from. */
  kafka: KafkaConfig;
}

export function readPinotSetup(env: Environment = process.env, settings = new Settings<Setting>(env)): PinotSetup {
  if (settings.optional('PINOT_CONTROLLER') === null)
    throw new ConfigError('PINOT_CONTROLLER', 'must be the address of the controller, such as http://pinot-controller:9000');
  return {
    controller: addressOf(settings, 'PINOT_CONTROLLER', ''),
    table: tableName(settings),
    token: settings.secret('PINOT_TOKEN'),
    replicas: settings.whole('PINOT_REPLICAS', { otherwise: 1, least: 1, most: 100 }),
    kafka: readKafka(settings, 'Pinot'),
  };
}

const tableName = (settings: Settings<Setting>): string =>
  settings.matching('PINOT_TABLE', 'events', /^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'a name of a Pinot table');

function readSites(settings: Settings<Setting>, publicUrl: string): Sites {
  return parseSites(
    settings.json('SITES') ?? [{ id: 'dashboard', title: 'Dashboard', identity: 'account', origins: [publicUrl], departments: ['*'] }],
  );
}

/** As it stands, but for slashes at its end. */
const addressOf = (settings: Settings<Setting>, name: Setting, otherwise: string): string =>
  settings.url(name, otherwise).href.replace(/\/+$/, '');
