/** The only place that reads the environment. */
import { existsSync, readFileSync } from 'node:fs';
import { BlockList, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { parseSites, type Sites } from './sites/site';

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
  trustedProxies: BlockList;
  logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with one sentence that names the setting and what it should be. */
export function readConfig(env: Environment = process.env): Config {
  const publicUrl = url(env, 'PUBLIC_URL', 'http://localhost:4000');
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
    trustedProxies: blockList(env['TRUSTED_PROXIES'] || '127.0.0.0/8,::1/128'),
    logLevel: oneOf(env, 'LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent']),
  };
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
function oneOf(env: Environment, name: string, allowed: readonly [string, ...string[]]): string {
  const text = env[name] || allowed[0];
  if (!allowed.includes(text)) throw new Error(`${name} must be one of ${allowed.join(', ')}, not "${text}"`);
  return text;
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
