/**
 * The site of `npm run demo:traffic`: a title that says what it is, and a key of its own, made at the first start. The tracker is told the
 * key's digest only; the key lies in the data folder, where the generator finds it together with the address to send to.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, Failure } from '../setup/failure.ts';

export const DEMO_SITE = 'demo';
export const keyFileOf = (data: string): string => join(data, 'demo-traffic.json');
export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** One of the tracker's SITES, as far as the demo says it. */
export interface Site {
  id: string;
  title: string;
  identity: string;
  departments: string[];
  origins: string[];
  owners?: string[];
  keys?: string[];
  figures?: string;
  minVisitors?: number;
}

/** What lies in the data folder: the site, its key, and the address to send to. */
export interface DemoKey {
  site: string;
  key: string;
  url: string;
}

/** SITES of the tracker: its default, and the demo's. */
export async function sitesWithDemo({ data, publicUrl }: { data: string; publicUrl: string }): Promise<Site[]> {
  const known = await readDemoKey(data);
  const key = known?.key ?? `dmk_${randomBytes(24).toString('base64url')}`;
  if (known?.url !== publicUrl) {
    await writeFile(keyFileOf(data), `${JSON.stringify({ site: DEMO_SITE, key, url: publicUrl })}\n`, { mode: 0o600 });
    await chmod(keyFileOf(data), 0o600);
  }
  const everyone = { identity: 'account', departments: ['*'] };
  return [
    { id: 'dashboard', title: 'Dashboard', ...everyone, origins: [new URL(publicUrl).origin] },
    // Nobody made it: there are no layouts to belong to, and nobody to be careful about.
    {
      id: DEMO_SITE,
      title: 'Demo traffic (made up)',
      ...everyone,
      origins: [],
      owners: ['platform'],
      keys: [digestOf(key)],
      figures: 'site',
      minVisitors: 1,
    },
  ];
}

/** undefined before the first start. */
export async function readDemoKey(data: string): Promise<DemoKey | undefined> {
  const file = keyFileOf(data);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const known: DemoKey = JSON.parse(text);
    if (/^dmk_[A-Za-z0-9_-]{20,}$/.test(known.key)) return known;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Failure(`${file} holds no key. Delete it and start again: a new one is made.`);
}
