import { join, resolve } from 'node:path';
import { type Environment, type LogLevel, type RateLimit, Settings, type TrustedProxies } from '@datamesh/service';
import type { Setting } from './settings';
import { parseSources, type SourceConfig } from './sources/config';

export interface Config {
  host: string;
  port: number;
  /** Where Prometheus finds /metrics, which is never on the public port. */
  metricsPort: number | null;
  /** The one canonical origin; its scheme also says whether cookies are Secure. */
  publicUrl: URL;
  /** Proxies of ours in front: peers whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  registryUrl: URL;
  trackerUrl: URL;
  sources: ReadonlyMap<string, SourceConfig>;
  /** Reads of `/data/`, of one person. */
  dataReads: RateLimit;
  /** Milliseconds that accepted requests may take once the service stops. */
  grace: number;
  logLevel: LogLevel;
  /** What rspack built for the page. */
  assets: string;
}

/** host/: one above this file, both as source (host/server) and as bundle (host/dist-server). */
const HOST = resolve(import.meta.dirname, '..');
/** Without DATA_SOURCES: the two folders that `host/data/build.ts` writes, made-up data for everybody. */
const DEMO_SOURCES = {
  markets: { folder: 'dist-data/markets', departments: ['*'] },
  operations: { folder: 'dist-data/operations', departments: ['*'] },
};

export function readConfig(env: Environment, settings = new Settings<Setting>(env)): Config {
  return {
    host: settings.text('HOST', '127.0.0.1'),
    port: settings.port('PORT', 4000),
    metricsPort: settings.optionalWhole('METRICS_PORT', { least: 0, most: 65_535 }),
    publicUrl: settings.origin('PUBLIC_URL', 'http://localhost:4000'),
    trustedProxies: settings.trustedProxies('TRUSTED_PROXIES', []),
    registryUrl: settings.url('REGISTRY_URL', 'http://127.0.0.1:4100'),
    trackerUrl: settings.url('TRACKER_URL', 'http://127.0.0.1:4200'),
    sources: parseSources(settings.json('DATA_SOURCES') ?? DEMO_SOURCES, { base: HOST, env }),
    dataReads: settings.perMinute('LIMIT_DATA', 6_000),
    grace: settings.grace(),
    logLevel: settings.logLevel(),
    assets: join(HOST, 'dist'),
  };
}
