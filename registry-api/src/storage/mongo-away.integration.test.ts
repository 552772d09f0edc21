/** MongoDB goes away under a running registry: what needs it says so, at once where that is known; what does not need it goes on. */

import type { LayoutContentInput, Problem, Resolution } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { type BreakableLink, breakableLink } from '../testing/breakable-link';
import { openStreamReader } from '../testing/event-reader';
import { freshMongoUrl, stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';
import { openMongo, type Storage } from './storage';

const dana = person('dana', ['admin']);
const content: LayoutContentInput = {
  title: 'One',
  visibility: 'private',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'notes@latest' } },
};

describe.skipIf(!stores().some(({ name }) => name === 'mongo'))('MongoDB goes away', { timeout: 120_000 }, () => {
  let api: TestApi;
  let storage: Storage;
  let link: BreakableLink;
  let file: string;
  let layout: string;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    const url = new URL(freshMongoUrl());
    const own = await openMongo(url.toString());
    drop = async () => {
      if (own.kind === 'mongo') await own.connection.dropDatabase();
      await own.close();
    };
    link = await breakableLink({ host: url.hostname, port: Number(url.port || 27_017) });
    url.host = `127.0.0.1:${link.port}`;
    url.searchParams.set('directConnection', 'true');
    api = await startTestApi(async () => {
      storage = await openMongo(url.toString());
      return storage;
    });
    expect((await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }))).status).toBe(201);
    const resolved = await api.call('/api/v1/resolve', { as: dana, method: 'POST', body: { widgets: ['notes@latest'] } });
    const { items } = (await resolved.json()) as { items: Resolution[] };
    file = `${items[0]?.base}${items[0]?.entry}`;
    const made = await api.call('/api/v1/layouts', { as: dana, method: 'POST', body: content });
    layout = ((await made.json()) as { id: string }).id;
  }, 120_000);
  afterEach(async () => {
    await link.mend();
    await api.stop();
    await link.close();
    await drop();
  }, 120_000);

  const reads = () => ['/layouts', '/widgets', `/layouts/${layout}`, '/audit'].map((path) => api.call(`/api/v1${path}`, { as: dana }));
  const writes = () => [
    api.call('/api/v1/layouts', { as: dana, method: 'POST', body: content }),
    api.call(`/api/v1/layouts/${layout}/draft`, { as: dana, method: 'PUT', body: { base: 1, content } }),
    api.publish('notes', '1.1.0', widgetTarball({ name: 'notes', version: '1.1.0' })),
  ];

  /** In words: what an answer is, where it is one of the two that there may be. */
  async function said(answer: Response): Promise<string> {
    if (answer.ok) return 'done';
    const { code } = (await answer.json()) as Problem;
    return `${answer.status} ${code}, again after ${answer.headers.get('retry-after')} s`;
  }
  const refused = '503 store_unavailable, again after 2 s';
  const saidOf = async (answers: Promise<Response>[]) => Promise.all(answers.map(async (answer) => said(await answer)));

  /** As many rounds, one after another, as no timeout of the driver fits into the time that a test has. */
  async function refusedAtOnce(): Promise<void> {
    for (let round = 0; round < 30; round += 1) {
      expect(new Set(await saidOf([...reads(), ...writes()]))).toEqual(new Set([refused]));
      expect(await said(await api.call('/readyz'))).toBe(refused);
    }
    expect((await api.call('/healthz')).status).toBe(200);
  }

  const isReady = () => expect.poll(async () => (await api.call('/readyz')).status, { timeout: 60_000 }).toBe(200);

  it('whoever needs it is told so at once, published files that were asked for before go on, and so does all when it is back', async () => {
    const bytes = await (await api.call(file)).text();
    await link.cut();
    // Also before it is known.
    expect(new Set(await saidOf([...reads(), ...writes()]))).toEqual(new Set([refused]));
    await expect.poll(() => storage.isAway()).toBe(true);
    await refusedAtOnce();
    const served = await api.call(file);
    expect([served.status, await served.text()]).toEqual([200, bytes]);
    expect(await said(await api.call('/remotes/other/1.0.0/main.js'))).toBe(refused);
    await link.mend();
    await isReady();
    expect(await saidOf([...reads(), ...writes()])).toEqual(Array(7).fill('done'));
  });

  it('a server that is there and says nothing counts as away; whoever asks is told so within seconds, whenever they asked, and streams stay open', async () => {
    const publish = (version: string) => api.publish('notes', version, widgetTarball({ name: 'notes', version }));
    await using events = await openStreamReader(api, dana, 0);
    await publish('1.2.0');
    while ((await events.take(1))[0]?.event.data['version'] !== '1.2.0');
    link.hold();
    const waits: Promise<{ words: string[]; seconds: number }>[] = [];
    // Seconds as this process lives them: on a machine with much to do its timers, and the driver's, come late alike.
    let lived = 0;
    const clock = setInterval(() => {
      lived += 0.05;
    }, 50);
    const ask = async () => {
      const begun = lived;
      return { words: await saidOf([...reads(), ...writes()]), seconds: lived - begun };
    };
    // Until it is known: some wait for an answer, some for a server, some are asked a second time.
    waits.push(ask());
    const asking = setInterval(() => waits.push(ask()), 700);
    await expect.poll(() => storage.isAway(), { timeout: 30_000 }).toBe(true);
    clearInterval(asking);
    const told = await Promise.all(waits);
    clearInterval(clock);
    expect(new Set(told.flatMap(({ words }) => words))).toEqual(new Set([refused]));
    // Two connections of 2.5 s that nobody answers, and 2 s of looking for another server.
    expect(Math.max(...told.map(({ seconds }) => seconds))).toBeLessThan(8);
    await refusedAtOnce();
    await link.mend();
    await isReady();
    expect((await publish('1.3.0')).status).toBe(201);
    while ((await events.take(1))[0]?.event.data['version'] !== '1.3.0');
  });

  it('a server that is silent once and then answers does not count as away, and who reads gets an answer', async () => {
    await Promise.all(reads());
    // What the driver makes of a monitor that waited in vain; `isAway` has heard of it then.
    const found = new Promise<void>((resolve) => {
      if (storage.kind === 'mongo') storage.connection.getClient().once('topologyDescriptionChanged', () => resolve());
    });
    link.hold();
    const under = saidOf(reads());
    await found;
    const away = storage.isAway();
    await link.mend();
    expect(away).toBe(false);
    expect(await under).toEqual(Array(4).fill('done'));
  });

  it('requests under way when it goes are done or refused, and it is ready again each time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const under = [1, 2, 3].map(() => saidOf([...reads(), ...writes()]));
      const [first] = reads();
      await first;
      await link.cut();
      const answers = new Set((await Promise.all(under)).flat());
      expect([...answers].filter((answer) => answer !== 'done' && answer !== refused)).toEqual([]);
      await expect.poll(() => storage.isAway()).toBe(true);
      await link.mend();
      await isReady();
    }
  });
});
