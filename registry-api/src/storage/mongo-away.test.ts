/** MongoDB goes away under a running registry: what needs it says so, what does not goes on. */

import type { LayoutContentInput, Problem, Resolution } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { type BreakableLink, breakableLink } from '../testing/breakable-link';
import { widgetTarball } from '../testing/tarball';
import { openMongo } from './storage';
import { freshMongoUrl, stores } from './stores';

const dana = person('dana', ['admin']);
const content: LayoutContentInput = {
  title: 'One',
  visibility: 'private',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'notes@latest' } },
};
describe.skipIf(!stores().some(({ name }) => name === 'mongo'))('MongoDB goes away', { timeout: 120_000 }, () => {
  let api: TestApi;
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
    api = await startTestApi(() => openMongo(url.toString()));
    expect((await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }))).status).toBe(201);
    const resolved = await api.call('/api/v1/resolve', { as: dana, method: 'POST', body: { widgets: ['notes@latest'] } });
    const { items } = (await resolved.json()) as { items: Resolution[] };
    file = `${items[0]?.base}${items[0]?.entry}`;
    const made = await api.call('/api/v1/layouts', { as: dana, method: 'POST', body: content });
    layout = ((await made.json()) as { id: string }).id;
  }, 60_000);
  afterEach(async () => {
    await link.mend();
    await api.stop();
    await link.close();
    await drop();
  }, 60_000);

  async function refused(method: string, path: string): Promise<void> {
    const answer = await api.call(`/api/v1${path}`, { as: dana, method });
    const { code } = (await answer.json()) as Problem;
    const said = [`${method} ${path}`, answer.status, code, answer.headers.get('retry-after')];
    expect(said).toEqual([`${method} ${path}`, 503, 'store_unavailable', '2']);
  }

  it('whoever needs it is told so, and published files that were asked for before go on', async () => {
    const bytes = await (await api.call(file)).text();
    await link.cut();
    await Promise.all(['/layouts', '/widgets', `/layouts/${layout}`, '/audit'].map((path) => refused('GET', path)));
    const served = await api.call(file);
    expect([served.status, await served.text()]).toEqual([200, bytes]);
    expect((await api.call('/healthz')).status).toBe(200);
    expect((await api.call('/readyz')).status).toBe(503);
  });
});
