import { ConfigError } from '@datamesh/service';
import { FOLDS, type Fold } from '../collect/spelling';

/** What is counted: a site, who may send to it, how its visitors are known, and who may see its figures. */
export interface Site {
  id: string;
  title: string;
  /**
   * `daily`: a hash whose salt changes every day, so that nobody can be followed from day to day.
   * `account`: an HMAC of the signed-in user's id; only for the company's own dashboard.
   */
  identity: 'daily' | 'account';
  /** Origins whose pages may send, such as `https://www.example.com`. */
  origins: string[];
  /** Departments whose members may see the figures; `*` for everyone who is signed in. */
  departments: string[];
  /** Teams whose members may export single events. */
  owners: string[];
  /** Spellings of paths that mean the same page on this site (collect/spelling.ts). */
  fold: ReadonlySet<Fold>;
  /**
   * What people see who are of its departments, and neither admins nor owners. `layouts`: what happened on layouts of the dashboard that they may
   * open. `site`: all of it.
   */
  figures: 'layouts' | 'site';
  /** What fewer visitors did is neither filtered nor broken down for them; 1: nothing is held back. */
  minVisitors: number;
  /** SHA-256 of the keys of trusted senders (keys.ts). */
  keys: Buffer[];
}

export type Sites = ReadonlyMap<string, Site>;

const wrong = (problem: string): ConfigError => new ConfigError('SITES', problem);

/** From the SITES setting; throws a ConfigError that names the mistake, for whoever starts the tracker. */
export function parseSites(json: unknown): Sites {
  if (!Array.isArray(json)) throw wrong('must be a list: [{"id": "…", "identity": "daily", "origins": ["https://…"]}]');
  const sites = new Map<string, Site>();
  for (const entry of json as unknown[]) {
    const site = parseSite(entry);
    if (sites.has(site.id)) throw wrong(`names "${site.id}" twice`);
    sites.set(site.id, site);
  }
  return sites;
}

const FIELDS = new Set(['id', 'title', 'identity', 'origins', 'departments', 'owners', 'figures', 'minVisitors', 'fold', 'keys']);

function parseSite(entry: unknown): Site {
  if (typeof entry !== 'object' || entry === null) throw wrong('must be a list of objects');
  const {
    id,
    title = id,
    identity = 'daily',
    origins,
    departments = [],
    owners = [],
    fold = [],
    keys = [],
  } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]{0,49}$/.test(id)) throw wrong(`has "${String(id)}" for a site id; use a-z, 0-9 and -`);
  const unknown = Object.keys(entry).find((key) => !FIELDS.has(key));
  if (unknown) throw wrong(`has an unknown key "${unknown}" in "${id}"; known are ${[...FIELDS].join(', ')}`);
  if (typeof title !== 'string') throw wrong(`has a wrong entry: the title of "${id}" must be text`);
  if (identity !== 'daily' && identity !== 'account') throw wrong(`has a wrong entry: identity of "${id}" must be daily or account`);
  if (!isTexts(origins) || origins.some((origin) => !isOrigin(origin)))
    throw wrong(`has a wrong entry: origins of "${id}" must be a list of origins such as https://www.example.com, without a path`);
  if (!isTexts(departments)) throw wrong(`has a wrong entry: departments of "${id}" must be a list of names, or ["*"]`);
  if (!isTexts(owners)) throw wrong(`has a wrong entry: owners of "${id}" must be a list of teams`);
  if (!isTexts(fold) || !fold.every(isFold)) throw wrong(`has a wrong entry: fold of "${id}" must be a list of ${FOLDS.join(', ')}`);
  const people = identity === 'account';
  const { figures = people ? 'layouts' : 'site', minVisitors = people ? 5 : 1 } = entry as Record<string, unknown>;
  if (figures !== 'layouts' && figures !== 'site') throw wrong(`has a wrong entry: figures of "${id}" must be layouts or site`);
  if (!Number.isInteger(minVisitors) || Number(minVisitors) < 1)
    throw wrong(`has a wrong entry: minVisitors of "${id}" must be a whole number from 1`);
  if (!isTexts(keys) || keys.some((key) => !/^[0-9a-f]{64}$/.test(key)))
    throw wrong(`has a wrong entry: keys of "${id}" must be a list of SHA-256 digests (64 hex digits) of keys, never the keys themselves`);
  return {
    id,
    title,
    identity,
    origins,
    departments,
    owners,
    fold: new Set(fold.filter(isFold)),
    figures,
    minVisitors: Number(minVisitors),
    keys: keys.map((key) => Buffer.from(key, 'hex')),
  };
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const isFold = (text: string): text is Fold => FOLDS.some((fold) => fold === text);
