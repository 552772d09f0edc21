import { existsSync, readFileSync } from 'node:fs';
import type { BlockList } from 'node:net';
import { join, resolve } from 'node:path';
import { parsePeers } from './peers';
import { ConfigError, parseSources, type SourceConfig } from './sources/config';

export { ConfigError };

export interface Config {
  host: string;
  port: number;
  /** Where Prometheus finds /metrics, which is never on the public port. */
  metricsPort: number | undefined;
  /** The one canonical origin; its scheme also says whether cookies are Secure. */
  publicUrl: URL;
  /** Proxies of ours in front: peers whose X-Forwarded-For is believed. */
  trustedProxies: BlockList;
  registryUrl: URL;
  trackerUrl: URL;
  sources: ReadonlyMap<string, SourceConfig>;
  /** Policy names of widgets' libraries, beside those that the dashboard knows. */
  trustedTypes: string[];
  logLevel: string;
  /** What rspack built for the page. */
  assets: string;
}

/** host/: one above this file, both as source (host/server) and as bundle (host/dist-server). */
const HOST = resolve(import.meta.dirname, '..');
const POLICY_NAME = /^[A-Za-z0-9_#=@/.%-]{1,80}$/;
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const publicUrl = address(env, 'PUBLIC_URL', 'http://localhost:4000');
  if (publicUrl.pathname !== '/' || publicUrl.search || publicUrl.hash) {
    throw new ConfigError('PUBLIC_URL', 'must be an origin without a path, such as https://dashboard.example.com');
  }
  return {
    host: env['HOST'] || '127.0.0.1',
    port: port('PORT', env['PORT'] || '4000'),
    metricsPort: env['METRICS_PORT'] ? port('METRICS_PORT', env['METRICS_PORT']) : undefined,
    publicUrl,
    trustedProxies: peers(env['TRUSTED_PROXIES'] ?? ''),
    registryUrl: address(env, 'REGISTRY_URL', 'http://127.0.0.1:4100'),
    trackerUrl: address(env, 'TRACKER_URL', 'http://127.0.0.1:4200'),
    sources: parseSources(sourcesText(env['DATA_SOURCES']), { base: HOST, env }),
    trustedTypes: policyNames(env['TRUSTED_TYPES'] ?? ''),
    logLevel: level(env['LOG_LEVEL'] || 'info'),
    assets: join(HOST, 'dist'),
  };
}

function port(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new ConfigError(name, `"${text}" is not a port (0 to 65535)`);
  return value;
}

function peers(text: string): BlockList {
  try {
    return parsePeers(text);
  } catch (error) {
    throw new ConfigError('TRUSTED_PROXIES', (error as Error).message);
  }
}

function address(env: NodeJS.ProcessEnv, name: string, fallback: string): URL {
  const text = env[name] || fallback;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new ConfigError(name, `"${text}" is not an http(s) URL`);
  return url;
}

function policyNames(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  for (const name of names) if (!POLICY_NAME.test(name)) throw new ConfigError('TRUSTED_TYPES', `"${name}" is not a policy name`);
  return names;
}

function level(text: string): string {
  if (!LEVELS.includes(text)) throw new ConfigError('LOG_LEVEL', `"${text}" is not one of ${LEVELS.join(', ')}`);
  return text;
}

/** JSON itself, or a file that holds it; without either, the two folders that `host/data/build.mjs` writes. */
function sourcesText(value: string | undefined): string {
  if (!value) return JSON.stringify({ markets: { folder: 'dist-data/markets' }, operations: { folder: 'dist-data/operations' } });
  if (value.trimStart().startsWith('{')) return value;
  if (!existsSync(value)) throw new ConfigError('DATA_SOURCES', `is neither JSON nor a file that exists: ${value}`);
  return readFileSync(value, 'utf8');
}
