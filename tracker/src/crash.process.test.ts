/** kill -9 in the middle of the load, on the real thing: a child process, its real disk, a real socket. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@datamesh/test-servers/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from './collect/uuid';
import { buildTracker, type Child, emptied, limitFiles, ready, rowsOf, spawnTracker } from './testing/process';
import { BROWSER } from './testing/tracker';

let folder: string;
let built: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-crash-'));
  built = await buildTracker('crash');
});
afterAll(() => rm(folder, { recursive: true }));

/** Sends until the child dies; returns the ids that were answered `stored`, some of them sent twice. */
async function load(child: Child, enough: (stored: number) => void): Promise<string[]> {
  const stored: string[] = [];
  const headers = { 'user-agent': BROWSER, 'content-type': 'text/plain' };
  const worker = async (): Promise<void> => {
    for (let count = 0; ; count++) {
      const ids = Array.from({ length: count % 5 === 0 ? 4 : 1 }, () => uuidv7(Date.now()));
      const body = JSON.stringify([...ids, ...(count % 7 === 0 ? ids : [])].map((id) => ({ site: 'shop', id, path: '/load' })));
      try {
        const answer =
          ids.length === 1
            ? await fetch(`${child.url}/t/pixel.gif?site=shop&path=/load&id=${ids[0]}`, { headers })
            : await fetch(`${child.url}/t/events`, { method: 'POST', body, headers });
        if (await isStored(answer)) stored.push(...ids);
        enough(stored.length);
      } catch {
        return; // the child is gone
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return stored;
}

/** A pixel tells by its header, a batch by its body as well, when some of it was there already. */
async function isStored(answer: Response): Promise<boolean> {
  if (answer.headers.get('datamesh-event') === 'stored') return true;
  if (answer.headers.get('content-type') !== 'application/json') return false;
  const { stored, dropped } = (await answer.json()) as { stored: number; dropped: Record<string, number> };
  return stored > 0 && Object.keys(dropped).every((reason) => reason === 'duplicate');
}

describe('a tracker that is killed', () => {
  it('has every acknowledged event exactly once afterwards, however often', async () => {
    const dataDir = join(folder, 'killed');
    const port = await freePort();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = spawnTracker(built, port, dataDir, { SPOOL_MAX_BYTES: String(8 * 1024 * 1024) });
      await ready(child);
      const enough = 150 + 100 * round;
      acknowledged.push(...(await load(child, (stored) => void (stored > enough && child.process.kill('SIGKILL')))));
      await child.exit;
    }
    // A torn tail on top, as power loss leaves one.
    const last = (await readdir(join(dataDir, 'spool'))).sort().at(-1) ?? '';
    const file = await open(join(dataDir, 'spool', last), 'a');
    await file.write(Buffer.from([40, 0, 0, 0, 1, 2, 3, 4, 123]));
    await file.close();

    const child = spawnTracker(built, port, dataDir);
    await ready(child);
    await emptied(child);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);

    const rows = await rowsOf(dataDir, 'SELECT event_id, count(*) FROM events GROUP BY ALL');
    const counts = new Map(rows.map(([id = '', count]) => [id, Number(count)]));
    expect(acknowledged.length).toBeGreaterThan(700);
    expect(acknowledged.filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    // What the sums say and what waits for them is what the events say, session by session.
    const summed = `SELECT session, sum(views) AS views FROM (
      SELECT session, views FROM summed_sessions UNION ALL SELECT session, count(*) FILTER (WHERE view) FROM pending GROUP BY session
    ) GROUP BY session`;
    const counted = `SELECT md5_number(site_id || '/' || session_id) AS session, count(*) FILTER (WHERE event_name = 'view') AS views FROM events
      WHERE dropped IS NULL GROUP BY session`;
    const differing = `SELECT coalesce(s.session, c.session), 0 FROM (${summed}) s FULL JOIN (${counted}) c USING (session) WHERE s.views IS DISTINCT FROM c.views`;
    expect(await rowsOf(dataDir, differing)).toEqual([]);
    expect(await rowsOf(dataDir, 'SELECT count(*) > 0, 0 FROM summed_sessions')).toEqual([['true', '0']]);
  }, 300_000);
});

// The kernel refuses to let files grow, as a full disk would: for spool and database alike, without a file system of its own.
describe.runIf(process.platform === 'linux')('a tracker whose disk is full', () => {
  it('refuses to acknowledge, keeps serving reads, and takes again when there is space; nothing is lost', async () => {
    const child = spawnTracker(built, await freePort(), join(folder, 'full'), { SPOOL_MAX_BYTES: '1000000', LOG_LEVEL: 'fatal' });
    await ready(child);
    const event = { site: 'shop', props: { text: 'y'.repeat(1000) } };
    const body = JSON.stringify(Array.from({ length: 50 }, () => event));
    let acknowledged = 0;
    let refused = 0;
    const send = async (): Promise<number> => {
      const headers = { 'user-agent': BROWSER, 'content-type': 'application/json' };
      const answer = await fetch(`${child.url}/t/events`, { method: 'POST', body, headers });
      if (answer.status === 200) acknowledged += ((await answer.json()) as { stored: number }).stored;
      else refused += 50;
      return answer.status;
    };

    limitFiles(child, '700000');
    // However long a busy machine takes to fill it.
    let answered = 200;
    while (answered === 200) answered = await send();
    expect(answered).toBe(503);
    const pixel = await fetch(`${child.url}/t/pixel.gif?site=shop&props=${encodeURIComponent(JSON.stringify(event.props))}`, {
      headers: { 'user-agent': BROWSER },
    });
    expect([pixel.status, (await pixel.arrayBuffer()).byteLength]).toEqual([200, 43]);
    if (pixel.headers.get('datamesh-event') === 'stored')
      acknowledged++; // one small event may still fit
    else refused++;
    if (pixel.headers.get('datamesh-event') !== 'stored') expect(pixel.headers.get('datamesh-event')).toBe('dropped; reason=spool_full');
    expect((await fetch(`${child.url}/readyz`)).status).toBe(200);

    limitFiles(child, 'unlimited');
    await expect.poll(send).toBe(200);
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe(0);
    // What was refused is counted as well, from memory, once there was space for that.
    expect(await rowsOf(join(folder, 'full'), "SELECT count(*), 0 FROM events WHERE site_id = 'shop'")).toEqual([[`${acknowledged}`, '0']]);
    const drops = "SELECT event_name, sum(dropped) FROM events WHERE site_id = 'shop/dropped' GROUP BY ALL";
    expect(await rowsOf(join(folder, 'full'), drops)).toEqual([['spool_full', `${refused}`]]);
  }, 300_000);
});

describe('a tracker that cannot start', () => {
  it('says in one line that the port is taken, or the folder, or what a setting should be', async () => {
    const port = await freePort();
    const first = spawnTracker(built, port, join(folder, 'first'));
    await ready(first);
    const samePort = spawnTracker(built, port, join(folder, 'second'));
    const sameFolder = spawnTracker(built, 0, join(folder, 'first'));
    const badSetting = spawnTracker(built, 0, join(folder, 'third'), { SPOOL_MAX_BYTES: 'plenty' });
    expect(await Promise.all([samePort.exit, sameFolder.exit, badSetting.exit])).toEqual([1, 1, 1]);
    expect(samePort.stderr()).toBe(`tracker: port ${port} is taken; stop what uses it or set PORT\n`);
    expect(sameFolder.stderr()).toBe('tracker: another tracker is running on this DATA_DIR\n');
    expect(badSetting.stderr()).toMatch(/^tracker: SPOOL_MAX_BYTES must be a whole number .*\n$/);
    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
  }, 300_000);
});

describe('datamesh-tracker spool inspect', () => {
  it('tells what is in a spool, and what is wrong with it', async () => {
    const inspect = (...more: string[]) => promisify(execFile)(process.execPath, [join(built, 'cli.mjs'), 'spool', 'inspect', ...more]);
    const { stdout } = await inspect(join(folder, 'killed', 'spool'), '--records');
    expect(stdout).toMatch(/\t\{"event_id":".*"path":"\/load"/);
    expect(stdout).toMatch(/\d+ segments, \d+ records\n$/);
    await expect(inspect(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 1 });
    await expect(inspect()).rejects.toMatchObject({ code: 2 });
  });
});
