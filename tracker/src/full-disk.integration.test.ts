/** Every address of the tracker that writes, on a disk that takes no more: refused with a time to come again, nothing acknowledged is lost, reads go on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from './collect/uuid';
import { buildTracker, type Child, emptied, limitFiles, ready, rowsOf, spawnTracker } from './testing/process';
import { BROWSER, PUBLIC_URL, startRegistry, type TestRegistry } from './testing/tracker';

// The kernel refuses to let files of the process grow, as a full disk would.
describe.runIf(process.platform === 'linux')('on a full disk', { timeout: 240_000 }, () => {
  let built: string;
  let folder: string;
  let registry: TestRegistry;
  let tracker: Child;
  const acknowledged: string[] = [];

  beforeAll(async () => {
    built = await buildTracker('full-disk');
    folder = await mkdtemp(join(tmpdir(), 'tracker-full-disk-'));
    registry = await startRegistry();
    const port = await freePort();
    // A spool that is full soon: a segment of it is 8 KB, written whole when it begins.
    const env = { PUBLIC_URL, REGISTRY_URL: registry.url, SPOOL_MAX_BYTES: '65536', LOG_LEVEL: 'fatal' };
    tracker = spawnTracker(built, port, folder, env);
    await ready(tracker);
  }, 240_000);
  afterAll(async () => {
    tracker.process.kill('SIGKILL');
    await tracker.exit;
    registry.close();
    for (const path of [built, folder]) await rm(path, { recursive: true, force: true });
  });

  const limit = (bytes: string) => limitFiles(tracker, bytes);
  const as = async (sub = 'alex', audience = 'tracker') => ({ authorization: `Bearer ${await registry.token({ sub }, { audience })}` });
  /** What one answer says: its status, or that it is a pixel; its reason; and whether it names a time to come again. */
  const said = (answer: Response) => [answer.status, answer.headers.get('datamesh-event'), answer.headers.has('retry-after')];

  async function post(path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
    const type = { 'content-type': 'application/json', 'user-agent': BROWSER };
    return fetch(tracker.url + path, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) });
  }

  interface Written {
    answer: Response;
    /** What is in the store once it is acknowledged. */
    id: string | null;
  }
  const event = () => ({ site: 'dashboard', id: uuidv7(Date.now()), path: '/x', props: { text: 'y'.repeat(2000) } });
  interface Write {
    send(): Promise<Written>;
    done: unknown[];
    refusal(reason: string): unknown[];
  }
  const writes: Record<string, Write> = {
    'GET /t/pixel.gif': {
      send: async () => {
        const { site, id, path, props } = event();
        const query = new URLSearchParams({ site, id, path, props: JSON.stringify(props) });
        return { id, answer: await fetch(`${tracker.url}/t/pixel.gif?${query}`, { headers: { 'user-agent': BROWSER, ...(await as()) } }) };
      },
      done: [200, 'stored', false],
      refusal: (reason) => [200, `dropped; reason=${reason}`, false],
    },
    'POST /t/tick': {
      send: async () => {
        const sent = event();
        return { id: sent.id, answer: await post('/t/tick', sent, await as()) };
      },
      done: [204, 'stored', false],
      refusal: (reason) => [503, `dropped; reason=${reason}`, true],
    },
    'POST /t/events': {
      send: async () => {
        const sent = event();
        return { id: sent.id, answer: await post('/t/events', [sent], await as()) };
      },
      done: [200, 'stored', false],
      refusal: (reason) => [503, `dropped; reason=${reason}`, true],
    },
    'POST /erasures': {
      send: async () => ({
        id: null,
        answer: await post('/api/tracker/v1/erasures', { site: 'dashboard' }, await as('robin', 'tracker/erasures')),
      }),
      done: [202, null, false],
      refusal: () => [503, null, true],
    },
  };
  const names = Object.keys(writes);

  async function write(name: string): Promise<unknown[]> {
    const { answer, id } = await (writes[name] as Write).send();
    if (id !== null && answer.headers.get('datamesh-event') === 'stored') acknowledged.push(id);
    return said(answer);
  }
  async function read(): Promise<number> {
    const query = new URLSearchParams({
      site: 'dashboard',
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    });
    return (await fetch(`${tracker.url}/api/tracker/v1/summary?${query}`, { headers: await as() })).status;
  }

  it.each(names)('%s: the first of a site, whose secret is not on disk yet', async (name) => {
    limit('1');
    expect(await write(name)).toEqual(writes[name]?.refusal('identity_unavailable'));
    await expect.poll(read).toBe(200);
    expect((await fetch(`${tracker.url}/readyz`)).status).toBe(200);
    limit('unlimited');
  });

  it.each(names)('%s: done when there is space, refused when there is none, and done again', async (name) => {
    const { done, refusal } = writes[name] as Write;
    await expect.poll(() => write(name)).toEqual(done);
    await emptied(tracker);
    limit('1');
    await expect.poll(() => write(name)).toEqual(refusal('spool_full'));
    await expect.poll(read).toBe(200);
    expect((await fetch(`${tracker.url}/readyz`)).status).toBe(200);
    limit('unlimited');
    await expect.poll(() => write(name)).toEqual(done);
  });

  it('has all that was acknowledged, once', async () => {
    await emptied(tracker);
    tracker.process.kill('SIGTERM');
    expect(await tracker.exit).toBe(0);
    const rows = await rowsOf(folder, "SELECT event_id, 0 FROM events WHERE site_id = 'dashboard'");
    const stored = rows.map(([id]) => id);
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  });
});
