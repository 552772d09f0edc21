/** npm run bench -- --growth: each call on a small store and on a large one, in turns; p50 of both and their ratio. Takes some minutes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../load';
import { type Service, startService } from '../service';
import { calls } from './calls';
import { type Filled, fill, type Size } from './store';

const SMALL: Size = { widgets: 50, versions: 50, most: 50, layouts: 240, people: 200, entries: 1000 };
const LARGE: Size = { widgets: 2000, versions: 50, most: 5000, layouts: 20_000, people: 20_000, entries: 1_000_000 };
const GOAL = 1.5;
const ROUNDS = 60;

interface Store {
  registry: Service;
  filled: Filled;
  bearers: Map<string, { token: string; until: number }>;
}

async function open(folder: string, size: Size): Promise<Store> {
  const data = join(folder, 'store');
  mkdirSync(data, { recursive: true });
  const filled = await fill(data, size);
  const env = {
    PUBLIC_URL: 'http://localhost:1',
    DATAMESH_DEV_ISSUER: '1',
    DATA_DIR: data,
    LIMIT_READS: 'none',
    LIMIT_WRITES: 'none',
    LIMIT_PEOPLE: 'none',
  };
  return { registry: await startService('registry-api/dist/main.mjs', env), filled, bearers: new Map() };
}

/** Tokens of services live for a minute. */
async function bearerOf({ registry, filled, bearers }: Store, as: keyof Filled['cookies']): Promise<string> {
  const known = bearers.get(as);
  if (known && known.until > Date.now()) return known.token;
  const answer = await fetch(`${registry.url}/internal/v1/service-token`, {
    method: 'POST',
    headers: { cookie: `dm_session=${filled.cookies[as]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ audience: 'registry-api' }),
  });
  if (!answer.ok) throw new Error(`no token for ${as}: ${answer.status} ${await answer.text()}`);
  const { token } = (await answer.json()) as { token: string };
  bearers.set(as, { token, until: Date.now() + 30_000 });
  return token;
}

/** Milliseconds. */
async function time(store: Store, at: number, n: number): Promise<number> {
  const call = calls(store.filled, n)[at];
  if (!call) throw new Error(`there is no call ${at}`);
  const authorization = `Bearer ${await bearerOf(store, call.as)}`;
  const began = performance.now();
  const answer = await fetch(`${store.registry.url}/api/v1${call.path}`, {
    method: call.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${call.name}: ${answer.status} ${text.slice(0, 300)}`);
  return performance.now() - began;
}

/** The service reads the whole log when it starts, in the background. */
async function verified({ registry, filled, bearers }: Store): Promise<void> {
  const authorization = `Bearer ${await bearerOf({ registry, filled, bearers }, 'admin')}`;
  const answer = await fetch(`${registry.url}/api/v1/audit/verification`, { method: 'POST', headers: { authorization } });
  if (!answer.ok) throw new Error(`the log was not verified: ${answer.status} ${await answer.text()}`);
}

const folder = mkdtempSync(join(tmpdir(), 'datamesh-growth-'));
const stores: Store[] = [];
try {
  const small = await open(join(folder, 'small'), SMALL);
  stores.push(small);
  const large = await open(join(folder, 'large'), LARGE);
  stores.push(large);
  for (const store of stores) await verified(store);
  const rows = [];
  for (const [at, { name }] of calls(small.filled, 0).entries()) {
    const times: { small: number[]; large: number[] } = { small: [], large: [] };
    for (let round = -5; round < ROUNDS; round++) {
      const one = { small: await time(small, at, round + 10), large: await time(large, at, round + 10) };
      if (round < 0) continue;
      times.small.push(one.small);
      times.large.push(one.large);
    }
    const [a, b] = [median(times.small), median(times.large)];
    rows.push({ name, small: a, large: b, ratio: b / a });
    console.log(`${(b / a).toFixed(2)}x  ${a.toFixed(2)} ms  ${b.toFixed(2)} ms  ${name}`);
  }
  const over = rows.filter(({ ratio }) => ratio > GOAL);
  console.log(JSON.stringify({ small: SMALL, large: LARGE, rows }));
  console.log(over.length === 0 ? `all within ${GOAL}x` : `over ${GOAL}x: ${over.map(({ name }) => name).join(', ')}`);
} finally {
  for (const { registry } of stores) await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}
