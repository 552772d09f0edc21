/** POST /resolve of 20 widgets on one process; and beside it, in turns, what OpenComponents does for a page of 20 components. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, publish } from '@datamesh/cli';
import { type Load, load, median } from './load';
import { startOc } from './oc/oc';
import { startService } from './service';

const NAMES = Array.from({ length: 20 }, (_, i) => `bench-widget-${i}`);
const FIRST = '1.0.0';
/** Published only for the comparison: the figure of ours alone stays what it was. */
const LATER = ['1.1.0', '1.2.0'];
const ROUNDS = 5;

/** Of one answer. */
interface Sized {
  bytes: number;
}

export interface Resolved {
  alone: Load & Sized;
  beside?: { ours: Load & Sized; oc: Load & Sized };
}

/** What is asked again and again. */
interface Question {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Throws unless the answer names this version of each. */
  version: string;
  versionsIn(answer: unknown): (string | undefined)[];
}

export async function resolve(compare: boolean): Promise<Resolved> {
  const registry = await startService('registry-api/dist/main.mjs', { PUBLIC_URL: 'http://localhost:1', DATAMESH_DEV_ISSUER: '1' });
  try {
    const secret = (JSON.parse(readFileSync(join(registry.data, 'bootstrap.json'), 'utf8')) as { secret: string }).secret;
    const bootstrap = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const made = await fetch(`${registry.url}/api/v1/tokens`, {
      method: 'POST',
      headers: bootstrap,
      body: JSON.stringify({ team: 'bench', name: 'bench' }),
    });
    const { secret: token } = (await made.json()) as { secret: string };
    const question = (selector: string, version: string): Question => ({
      url: `${registry.url}/api/v1/resolve`,
      headers: bootstrap,
      body: JSON.stringify({ widgets: NAMES.map((name) => `${name}@${selector}`) }),
      version,
      versionsIn: (answer) => (answer as { items: { version?: string }[] }).items.map((item) => item.version),
    });
    for (const name of NAMES) await publishOne(name, FIRST, registry.url, token);
    const latest = question('latest', FIRST);
    const bytes = await answered(latest);
    await round(latest, 2);
    const alone = { ...(await round(latest, 8)), bytes };
    if (!compare) return { alone };
    for (const version of LATER) for (const name of NAMES) await publishOne(name, version, registry.url, token);
    // The other figures of a whole run must not be lost to a rival that does not start.
    const beside = await besideOc(question('1.x.x', LATER.at(-1) ?? FIRST)).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      return undefined;
    });
    return beside ? { alone, beside } : { alone };
  } finally {
    await registry.stop();
  }
}

async function besideOc(ours: Question): Promise<NonNullable<Resolved['beside']>> {
  const registry = await startOc(NAMES, [FIRST, ...LATER]);
  try {
    const oc: Question = {
      url: `${registry.url}/`,
      headers: { accept: 'application/vnd.oc.unrendered+json', 'content-type': 'application/json' },
      body: JSON.stringify({ components: NAMES.map((name) => ({ name, version: '1.x.x' })) }),
      version: ours.version,
      versionsIn: (answer) =>
        (answer as { status: number; response: { version?: string } }[]).map(({ status, response }) =>
          status === 200 ? response.version : undefined,
        ),
    };
    const both = { ours, oc };
    const bytes = { ours: await answered(ours), oc: await answered(oc) };
    const taken: Record<keyof typeof both, Load[]> = { ours: [], oc: [] };
    for (const question of [ours, oc]) await round(question, 2);
    // Each time another one first, so that a noisy neighbour meets both.
    for (let i = 0; i < ROUNDS; i++)
      for (const name of i % 2 === 0 ? (['ours', 'oc'] as const) : (['oc', 'ours'] as const)) {
        taken[name].push(await round(both[name], 4));
        // A batch of failures is as much a 200 as one of components.
        await answered(both[name]);
      }
    const of = (name: keyof typeof both): Load & Sized => ({
      perSecond: median(taken[name].map(({ perSecond }) => perSecond)),
      p50: median(taken[name].map(({ p50 }) => p50)),
      p99: median(taken[name].map(({ p99 }) => p99)),
      failed: taken[name].reduce((sum, { failed }) => sum + failed, 0),
      bytes: bytes[name],
    });
    return { ours: of('ours'), oc: of('oc') };
  } finally {
    await registry.stop();
  }
}

const round = ({ url, headers, body }: Question, duration: number): Promise<Load> =>
  load({ url, method: 'POST', headers, body, connections: 32, duration });

/** How many bytes the right answer has. */
async function answered({ url, headers, body, version, versionsIn }: Question): Promise<number> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  const versions = answer.ok ? versionsIn(JSON.parse(text)) : [];
  if (versions.length !== NAMES.length || versions.some((one) => one !== version))
    throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text.length;
}

/** As large as a real remote's answer: eight files with hashes, and a manifest with settings. */
async function publishOne(name: string, version: string, url: string, token: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'datamesh-bench-widget-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
  writeFileSync(
    join(folder, 'widget.json'),
    JSON.stringify({
      name,
      title: name,
      description: 'Measures how fast resolving is.',
      publisher: 'bench',
      expose: './widget',
      settings: { type: 'object', properties: { symbol: { type: 'string', default: 'AAPL' }, points: { type: 'integer', default: 12 } } },
    }),
  );
  writeFileSync(join(folder, 'dist/remoteEntry.mjs'), `export const name = ${JSON.stringify(name)};`);
  for (let i = 0; i < 7; i++) writeFileSync(join(folder, `dist/chunk-${i}.mjs`), `export const chunk = ${i};`);
  await publish({ url, token }, await pack(folder));
  rmSync(folder, { recursive: true });
}
