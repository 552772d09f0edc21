import { resolve } from 'node:path';
import { ConfigError, type Environment } from '@datamesh/service';

interface Source {
  /** Whose people may read it, beside admins; `*` for everybody who is signed in. */
  departments: readonly string[];
}

export interface FolderSource extends Source {
  kind: 'folder';
  folder: string;
}

export interface UpstreamSource extends Source {
  kind: 'upstream';
  url: URL;
  /** The source's own credentials; never the caller's. */
  headers: Record<string, string>;
  /** Milliseconds without a byte before the answer is given up. */
  timeout: number;
}

export type SourceConfig = FolderSource | UpstreamSource;

const NAME = /^[a-z][a-z0-9-]{0,49}$/;
const HEADER = /^[A-Za-z0-9-]{1,80}$/;
const KEYS = { folder: ['folder', 'departments'], upstream: ['upstream', 'headers', 'timeout', 'departments'] };

/**
 * `{"markets": {"folder": "…"}, "crm": {"upstream": "https://…", "headers": {"authorization": {"env": "CRM_TOKEN"}}, "timeout": 10000}}`.
 * Each may have `departments`: those whose people may read it, `["*"]` (the default) for everybody who is signed in. A header's value is a text, or names the environment variable that holds it, so that the JSON itself need not be a secret.
 */
export function parseSources(json: unknown, { base, env }: { base: string; env: Environment }): Map<string, SourceConfig> {
  const sources = new Map<string, SourceConfig>();
  for (const [name, value] of Object.entries(record(json, 'the whole value'))) {
    if (!NAME.test(name)) throw wrong(`source "${name}" needs a name like "markets" (a-z, 0-9, -)`);
    sources.set(name, source(name, record(value, name), base, env));
  }
  return sources;
}

function source(name: string, value: Record<string, unknown>, base: string, env: Environment): SourceConfig {
  const kind = 'folder' in value ? 'folder' : 'upstream';
  for (const key of Object.keys(value)) {
    if (!KEYS[kind].includes(key)) throw wrong(`source "${name}" has the unknown key "${key}"; known: ${KEYS[kind].join(', ')}`);
  }
  const departments = departmentsOf(name, value['departments'] ?? ['*']);
  if (kind === 'folder') {
    if (typeof value['folder'] !== 'string') throw wrong(`source "${name}": folder must be a text`);
    return { kind, folder: resolve(base, value['folder']), departments };
  }
  const address = String(value['upstream']);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw wrong(`source "${name}" needs a "folder" or an http(s) "upstream"`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  const timeout = value['timeout'] ?? 10_000;
  if (typeof timeout !== 'number' || !(timeout > 0)) throw wrong(`source "${name}": timeout is a number of milliseconds`);
  return { kind, url, headers: headers(name, record(value['headers'] ?? {}, `${name}.headers`), env), timeout, departments };
}

function departmentsOf(source: string, value: unknown): string[] {
  if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string' && (one === '*' || NAME.test(one)))) return value;
  throw wrong(`source "${source}": departments must be a list of departments, such as ["sales"], or ["*"]`);
}

function headers(source: string, value: Record<string, unknown>, env: Environment): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, given] of Object.entries(value)) {
    if (!HEADER.test(name)) throw wrong(`source "${source}": "${name}" is not a header name`);
    const variable = typeof given === 'object' && given !== null && 'env' in given ? String(given.env) : undefined;
    const text = variable === undefined ? given : env[variable];
    if (typeof text !== 'string' || text === '') {
      throw wrong(
        `source "${source}": header ${name} ${variable ? `wants the variable ${variable}, which is not set` : 'must be a text or {"env": "NAME"}'}`,
      );
    }
    result[name.toLowerCase()] = text;
  }
  return result;
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(`${what} must be an object`);
}

const wrong = (message: string): ConfigError => new ConfigError('DATA_SOURCES', message);
