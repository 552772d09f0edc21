/** kill -9 around an erasure, under load: erased means gone after the restart, and nothing of anybody else is lost. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@datamesh/test-servers/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../collect/uuid';
import { readVersioned } from '../storage/versioned-file';
import { buildTracker, type Child, emptied, ready, rowsOf, spawnTracker } from '../testing/process';
import { PUBLIC_URL, startRegistry, type TestRegistry } from '../testing/tracker';

let folder: string;
let built: string;
let registry: TestRegistry;

beforeAll(async () => {
  [folder, built, registry] = await Promise.all([mkdtemp(join(tmpdir(), 'erasure-crash-')), buildTracker('erasure'), startRegistry()]);
});
afterAll(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

/** The id of a visit that is acknowledged, or null when the tracker is gone. */
async function visit(child: Child, token: string): Promise<string | null> {
  const id = uuidv7(Date.now());
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${child.url}/t/pixel.gif?site=dashboard&id=${id}`, { headers }).catch(() => null);
  return answer?.headers.get('datamesh-event') === 'stored' ? id : null;
}

async function visits(child: Child, token: string, count: number): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => visit(child, token)));
  return ids.filter((id) => id !== null);
}

interface Person {
  token: string;
  /** Acknowledged before the erasure was asked for, and after it was answered. */
  before: string[];
  after: string[];
  /** null: the tracker died before it answered. */
  answered: boolean;
}

describe('an erasure around a crash', () => {
  it('is whole or not at all, and whole when it was answered', async () => {
    const port = await freePort();
    const env = { REGISTRY_URL: registry.url, PUBLIC_URL };
    const bystander = await registry.token({ sub: 'bystander' });
    const untouched: string[] = [];
    const people: Person[] = [];
    for (let round = 0; round < 6; round++) {
      const child = spawnTracker(built, port, folder, env);
      await ready(child);
      for (const person of people) if (person.answered) person.after.push(...(await visits(child, person.token, 2)));
      const token = await registry.token({ sub: `person-${round}` });
      const person: Person = { token, before: await visits(child, token, 20), after: [], answered: false };
      people.push(person);
      expect(person.before).toHaveLength(20);
      const load = Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let id = await visit(child, bystander); id !== null; id = await visit(child, bystander)) untouched.push(id);
        }),
      );
      const enough = untouched.length + 20;
      await expect.poll(() => untouched.length).toBeGreaterThan(enough);
      const fresh = await registry.token({ sub: `person-${round}` }, { audience: 'tracker/erasures' });
      const erasing = fetch(`${child.url}/api/tracker/v1/erasures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${fresh}` },
        body: JSON.stringify({ site: 'dashboard' }),
      }).then(
        ({ status }) => {
          expect(status).toBe(202);
          person.answered = true;
        },
        () => undefined, // killed before it answered
      );
      // Every other time the tracker dies at some moment in the middle of it, otherwise as soon as it has answered.
      await (round % 2 === 0 ? erasing : sleep(round * 2));
      child.process.kill('SIGKILL');
      await Promise.all([child.exit, erasing, load]);
    }

    const child = spawnTracker(built, port, folder, env);
    await ready(child);
    const erased = join(folder, 'identity', 'erased.json');
    await expect.poll(() => readFile(erased, 'utf8'), { timeout: 60_000 }).not.toContain('pending');
    for (const person of people) person.after.push(...(await visits(child, person.token, 1)));
    await emptied(child);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);

    const rows = await rowsOf(folder, 'SELECT event_id, visitor_id FROM events WHERE dropped IS NULL');
    const visitors = new Map(rows.map(([id = '', visitor = '']) => [id, visitor]));
    expect(rows.length).toBe(visitors.size);
    expect(untouched.length).toBeGreaterThan(100);
    expect(untouched.filter((id) => !visitors.has(id))).toEqual([]);
    expect(people.filter(({ answered }) => answered).length).toBeGreaterThanOrEqual(3);
    const gone = Object.values(readVersioned(erased) as Record<string, { visitor: string }[]>).flat();
    expect(gone.filter(({ visitor }) => [...visitors.values()].includes(visitor))).toEqual([]);
    for (const { before, after, answered } of people) {
      const left = before.filter((id) => visitors.has(id));
      if (answered) expect(left).toEqual([]);
      else expect([0, before.length]).toContain(left.length);
      expect(after.length).toBeGreaterThan(0);
      expect(after.filter((id) => !visitors.has(id))).toEqual([]);
    }
  }, 300_000);
});
