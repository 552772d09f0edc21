/** What each variable is for that config.ts reads, beside those of all services: README's table is made of it. */
import type { SettingDoc } from '@datamesh/service';

export const SETTINGS = {
  DATA_DIR: {
    what: '`spool/`, `events.duckdb`, `sinks/`, `sessions.json`, `identity/` (salts, secrets, erased ids: mode 0600, not for backups that hold events); one tracker for each',
  },
  REGISTRY_URL: { what: 'registry-api, whose `/.well-known/jwks.json` verifies the edge’s tokens' },
  SITES: {
    what: 'JSON or a file with it, see [docs/tracker.md](docs/tracker.md#sites)',
    otherwise: 'the site `dashboard`; `npm start`: and `demo`',
  },
  SPOOL: { what: '`off` acknowledges from memory. **For the bench only**: what the sink has not taken is lost when the process ends' },
  SPOOL_MAX_BYTES: {
    what: 'records that the spool holds at most, 64 KB or more; on disk one segment (an eighth of it, at most 16 MB) may be added',
    otherwise: '1 GiB',
  },
  SINKS: { what: 'where events go: `duckdb`, `duckdb,kafka` or `kafka`' },
  QUERY_ENGINE: { what: 'who answers: `duckdb`, which then has to be a sink, or `pinot`' },
  DUCKDB_MEMORY: { what: 'what DuckDB may use, in the process of its sink' },
  KAFKA_BROKERS: { what: '`host:port`, separated by commas' },
  KAFKA_TOPIC: { what: 'of events; made where it is missing' },
  KAFKA_DEAD_LETTER_TOPIC: { what: 'of records that the cluster refuses for good; made where it is missing' },
  KAFKA_PARTITIONS: { what: 'of topics that are made', otherwise: 'the cluster’s' },
  KAFKA_REPLICAS: { what: 'of topics that are made', otherwise: 'the cluster’s' },
  KAFKA_TLS: { what: '`on`: certificates by Node’s list and `NODE_EXTRA_CA_CERTS`' },
  KAFKA_USERNAME: { what: 'for SASL, with the password' },
  KAFKA_PASSWORD: { what: 'for SASL, with the user’s name' },
  KAFKA_SASL: { what: 'or `SCRAM-SHA-256`, `PLAIN`' },
  PINOT_BROKERS: { what: '`host:port` or addresses, separated by commas' },
  PINOT_TABLE: { what: 'of events' },
  PINOT_TOKEN: { what: 'the whole `Authorization` header, such as `Basic …`' },
  PINOT_CONTROLLER: { what: 'an address, for `pinot apply` alone' },
  PINOT_REPLICAS: { what: 'of each segment, for `pinot apply` alone' },
  COUNTRY_DATABASE: { what: 'where the country of a visit comes from: an `.mmdb` file of yours' },
  COUNTRY_HEADER: { what: 'or a header that a proxy of `TRUSTED_PROXIES` sets' },
  LIMIT_QUESTIONS: { what: 'calls of the query API, of one person' },
  LIMIT_EVENTS_PER_PERSON: { what: 'events of somebody signed in, at least 500; trusted senders have no limit' },
  LIMIT_EVENTS_PER_ADDRESS: { what: 'events of everybody else behind one address (of IPv6 one /64), at least 500' },
} as const satisfies Readonly<Record<string, SettingDoc>>;
export type Setting = keyof typeof SETTINGS;
