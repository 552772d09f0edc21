/**
 * POST /resolve of 20 widgets on one process; beside it, in turns, Express sending an object that says the same, and what OpenComponents does for
 * a page of 20 components.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, publish } from '@datamesh/cli';
import { loadInTurns } from './in-turns';
import type { Load } from './load';
import { startOc } from './oc/oc';
import { startService } from './service';

const NAMES = Array.from({ length: 20 }, (_, i) => `bench-widget-${i}`);
const FIRST = '1.0.0';
/** Published only for the comparison: the figure of ours alone stays what it was. */
const LATER = ['1.1.0', '1.2.0'];
const TURNS = { rounds: 5, seconds: 4 };

/** Of one answer. */
interface Sized {
  bytes: number;
}

export interface Resolved {
  ours: Load & Sized;
  express: Load;
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
    const text = await answered(latest);
    const { ours, express } = await besideExpress(latest, text);
    const resolved = { ours: { ...ours, bytes: text.length }, express };
    if (!compare) return resolved;
    for (const version of LATER) for (const name of NAMES) await publishOne(name, version, registry.url, token);
    // The other figures of a whole run must not be lost to a rival that does not start.
    const beside = await besideOc(question('1.x.x', LATER.at(-1) ?? FIRST)).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      return undefined;
    });
    return beside ? { ...resolved, beside } : resolved;
  } finally {
    await registry.stop();
  }
}

async function besideExpress(ours: Question, text: string): Promise<Record<'ours' | 'express', Load>> {
  const folder = mkdtempSync(join(tmpdir(), 'datamesh-bench-answer-'));
  const file = join(folder, 'answer.json');
  writeFileSync(file, text);
  const express = await startService('bench/src/plain-express.ts', { ANSWER: file });
  try {
    return await loadInTurns({ ours: loadOf(ours), express: { ...loadOf(ours), url: express.url } }, TURNS);
  } finally {
    await express.stop();
    rmSync(folder, { recursive: true });
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
    const questions = { ours, oc };
    const bytes = { ours: (await answered(ours)).length, oc: (await answered(oc)).length };
    const both = await loadInTurns(
      { ours: loadOf(ours), oc: loadOf(oc) },
      // A batch of failures is as much a 200 as one of components.
      { ...TURNS, check: (name) => answered(questions[name]) },
    );
    return { ours: { ...both.ours, bytes: bytes.ours }, oc: { ...both.oc, bytes: bytes.oc } };
  } finally {
    await registry.stop();
  }
}

const loadOf = ({ url, headers, body }: Question) => ({ url, method: 'POST', headers, body, connections: 32 }) as const;

/** The right answer. */
async function answered({ url, headers, body, version, versionsIn }: Question): Promise<string> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  const versions = answer.ok ? versionsIn(JSON.parse(text)) : [];
  if (versions.length !== NAMES.length || versions.some((one) => one !== version))
    throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
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
