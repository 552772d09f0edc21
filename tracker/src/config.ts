/** The only place that reads the environment. */
import { existsSync, readFileSync } from 'node:fs';
import { BlockList, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
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
  trustedProxies: BlockList;
  logLevel: string;
}

const SINKS = ['duckdb', 'kafka'] as const;
export type SinkName = (typeof SINKS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with one sentence that names the setting and what it should be. */
export function readConfig(env: Environment = process.env): Config {
  const publicUrl = url(env, 'PUBLIC_URL', 'http://localhost:4000');
  const sinks = readSinks(env);
  const queryEngine = oneOf(env, 'QUERY_ENGINE', ['duckdb', 'pinot']);
  if (queryEngine === 'duckdb' && !sinks.includes('duckdb'))
    throw new Error(`QUERY_ENGINE=duckdb needs the sink: SINKS=${[...sinks, 'duckdb'].join(',')}, or QUERY_ENGINE=pinot`);
  return {
    host: env['HOST'] || '127.0.0.1',
    port: whole(env, 'PORT', 4200, 0, 65_535),
    publicUrl,
    registryUrl: url(env, 'REGISTRY_URL', 'http://127.0.0.1:4100'),
    dataDir: resolve(env['DATA_DIR'] || '.data/tracker'),
    sites: readSites(env['SITES'], publicUrl),
    spool: oneOf(env, 'SPOOL', ['on', 'off']) === 'on',
    spoolMaxBytes: whole(env, 'SPOOL_MAX_BYTES', 1024 ** 3, 64 * 1024, 1024 ** 5),
    memoryLimit: env['DUCKDB_MEMORY'] || '1GB',
    sinks,
    queryEngine,
    kafka: sinks.includes('kafka') ? readKafka(env, 'SINKS with kafka') : null,
    pinot: queryEngine === 'pinot' ? readPinot(env) : null,
    countryDatabase: existingFile(env, 'COUNTRY_DATABASE'),
    countryHeader: env['COUNTRY_HEADER']?.toLowerCase() || null,
    trustedProxies: blockList(env['TRUSTED_PROXIES'] || '127.0.0.0/8,::1/128'),
    logLevel: oneOf(env, 'LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent']),
  };
}

function readSinks(env: Environment): SinkName[] {
  const names = list(env, 'SINKS');
  if (names.length === 0) return ['duckdb'];
  const known = SINKS.filter((sink) => names.includes(sink));
  const wrong = names.find((name) => !known.some((sink) => sink === name));
  if (wrong !== undefined) throw new Error(`SINKS must be a list of ${SINKS.join(', ')}; "${wrong}" is none of them`);
  return known;
}

/** `needed` says who asks for it. */
function readKafka(env: Environment, needed: string): KafkaConfig {
  const brokers = list(env, 'KAFKA_BROKERS');
  if (brokers.length === 0) throw new Error(`${needed} needs KAFKA_BROKERS, such as kafka-1:9092,kafka-2:9092`);
  for (const broker of brokers)
    if (!/^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(broker)) throw new Error(`KAFKA_BROKERS: "${broker}" is not host:port`);
  const topic = topicName(env, 'KAFKA_TOPIC', 'datamesh-events');
  const deadLetterTopic = topicName(env, 'KAFKA_DEAD_LETTER_TOPIC', 'datamesh-events-dead');
  if (topic === deadLetterTopic) throw new Error('KAFKA_DEAD_LETTER_TOPIC must be another topic than KAFKA_TOPIC');
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = env;
  if (!username !== !password) throw new Error('KAFKA_USERNAME and KAFKA_PASSWORD belong together: set both or neither');
  const mechanism = oneOf(env, 'KAFKA_SASL', ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN']);
  return {
    brokers,
    topic,
    deadLetterTopic,
    partitions: env['KAFKA_PARTITIONS'] ? whole(env, 'KAFKA_PARTITIONS', 1, 1, 10_000) : null,
    replicas: env['KAFKA_REPLICAS'] ? whole(env, 'KAFKA_REPLICAS', 1, 1, 100) : null,
    tls: oneOf(env, 'KAFKA_TLS', ['off', 'on']) === 'on',
    sasl: username && password ? { mechanism, username, password } : null,
  };
}

function topicName(env: Environment, name: string, otherwise: string): string {
  const text = env[name] || otherwise;
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(text) || /^\.+$/.test(text)) throw new Error(`${name} is no name of a Kafka topic: "${text}"`);
  return text;
}

function readPinot(env: Environment): PinotConfig {
  const brokers = list(env, 'PINOT_BROKERS');
  if (brokers.length === 0) throw new Error('QUERY_ENGINE=pinot needs PINOT_BROKERS, such as pinot-broker:8099');
  for (const broker of brokers)
    if (!URL.canParse(/^https?:\/\//.test(broker) ? broker : `http://${broker}`) || /\s/.test(broker))
      throw new Error(`PINOT_BROKERS: "${broker}" is neither host:port nor an http address`);
  return { brokers, table: tableName(env), token: env['PINOT_TOKEN'] || null };
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

export function readPinotSetup(env: Environment = process.env): PinotSetup {
  if (!env['PINOT_CONTROLLER'])
    throw new Error('PINOT_CONTROLLER must be the address of the controller, such as http://pinot-controller:9000');
  return {
    controller: url(env, 'PINOT_CONTROLLER', ''),
    table: tableName(env),
    token: env['PINOT_TOKEN'] || null,
    replicas: whole(env, 'PINOT_REPLICAS', 1, 1, 100),
    kafka: readKafka(env, 'Pinot'),
  };
}

function tableName(env: Environment): string {
  const text = env['PINOT_TABLE'] || 'events';
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(text)) throw new Error(`PINOT_TABLE is no name of a table: "${text}"`);
  return text;
}

function existingFile(env: Environment, name: string): string | null {
  const path = env[name];
  if (!path) return null;
  if (!existsSync(path)) throw new Error(`${name}: there is no file ${path}`);
  return resolve(path);
}

/** Comma-separated, without blanks. */
function list(env: Environment, name: string): string[] {
  return (env[name] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readSites(setting: string | undefined, publicUrl: string): Sites {
  if (!setting)
    return parseSites([
      { id: 'dashboard', title: 'Dashboard', identity: 'account', origins: [new URL(publicUrl).origin], departments: ['*'] },
    ]);
  const inline = /^\s*[[{]/.test(setting);
  if (!inline && !existsSync(setting)) throw new Error(`SITES is neither JSON nor a file that exists: ${setting}`);
  try {
    return parseSites(JSON.parse(inline ? setting : readFileSync(setting, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`SITES is not valid JSON: ${error.message}`);
    throw error;
  }
}

function url(env: Environment, name: string, otherwise: string): string {
  const text = env[name] || otherwise;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new Error(`${name} must be an http address, not "${text}"`);
  return text.replace(/\/+$/, '');
}

function whole(env: Environment, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}

/** The first is the default. */
function oneOf<T extends string>(env: Environment, name: string, allowed: readonly [T, ...T[]]): T {
  const text = env[name] || allowed[0];
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new Error(`${name} must be one of ${allowed.join(', ')}, not "${text}"`);
  return found;
}

function blockList(text: string): BlockList {
  const list = new BlockList();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    try {
      list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
    } catch {
      throw new Error(`TRUSTED_PROXIES: "${entry}" is no address or subnet such as 10.0.0.0/8`);
    }
  }
  return list;
}
