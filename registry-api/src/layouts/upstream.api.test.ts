/** What a copy takes in of its original, and the names of revisions, over HTTP. */
import type { Layout, LayoutAnswer, LayoutContentInput, LayoutSummary, Problem, RevisionSummary, Upstream } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const robin = person('robin', ['viewer'], ['operations']);
const content = (symbol: string, more: Partial<LayoutContentInput> = {}): LayoutContentInput => ({
  title: 'Morning',
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@^1', settings: { symbol } } },
  ...more,
});

describe.each(stores())('originals and copies on $name', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
  });
  afterAll(() => api.stop());

  const ask = (path: string, as: Caller, method = 'GET', body?: unknown, revision?: number) =>
    api.call(`/api/v1${path}`, { as, method, body, headers: revision === undefined ? {} : { 'if-match': `"${revision}"` } });
  const got = async <T>(answer: Promise<Response>, status = 200): Promise<T> => {
    const { status: is } = await answer;
    const body = await (await answer).json();
    if (is !== status) throw new Error(`expected ${status}, got ${is}: ${JSON.stringify(body)}`);
    return body as T;
  };
  const code = async (answer: Promise<Response>) => [(await answer).status, ((await (await answer).json()) as Problem).code];
  const read = (id: string, as: Caller) => got<LayoutAnswer>(ask(`/layouts/${id}`, as));
  async function pair(): Promise<{ original: Layout; copy: Layout }> {
    const original = await got<Layout>(ask('/layouts', alex, 'POST', content('AAPL')), 201);
    const copy = await got<Layout>(ask(`/layouts/${original.id}/clone`, casey, 'POST', { title: 'Mine' }), 201);
    return { original, copy };
  }
  const save = (id: string, body: LayoutContentInput, revision: number, as: Caller = alex) =>
    got<Layout>(ask(`/layouts/${id}`, as, 'PUT', body, revision));
  const pull = (id: string, revision: number, symbol: string, base: number, as: Caller = casey, message?: string) =>
    ask(
      `/layouts/${id}/pull`,
      as,
      'POST',
      { revision, message, content: content(symbol, { department: null, visibility: 'private' }) },
      base,
    );

  it('says that the original has changed once there is something to take in', async () => {
    const { original, copy } = await pair();
    expect((await read(copy.id, casey)).upstream).toBeNull();
    await save(original.id, content('AAPL', { title: 'Renamed' }), 1);
    await got(ask(`/layouts/${original.id}/sharing`, alex, 'PUT', { department: 'sales', visibility: 'department', grants: [] }, 2));
    expect((await read(copy.id, casey)).upstream).toBeNull();
    await save(original.id, content('MSFT', { title: 'Renamed' }), 3);
    expect((await read(copy.id, casey)).upstream).toMatchObject({
      layout: original.id,
      title: 'Renamed',
      revision: 4,
      updatedByName: 'alex',
    });
  });

  it('gives both states of the original, and moves the lineage with a pull and back with its undoing', async () => {
    const { original, copy } = await pair();
    await save(original.id, content('MSFT'), 1);
    const upstream = await got<Upstream>(ask(`/layouts/${copy.id}/upstream`, casey));
    expect([upstream.base.panels['p1']?.settings, upstream.layout.panels['p1']?.settings]).toEqual([
      { symbol: 'AAPL' },
      { symbol: 'MSFT' },
    ]);
    expect(upstream.layout.grants).toEqual([]);
    const pulled = await got<Layout>(pull(copy.id, 2, 'MSFT', 1));
    expect(pulled).toMatchObject({
      title: 'Mine',
      visibility: 'private',
      revision: 2,
      forkedFrom: { layout: original.id, revision: 2 },
      message: 'Pulled from “Morning”',
    });
    expect((await read(copy.id, casey)).upstream).toBeNull();
    const back = await got<Layout>(pull(copy.id, 1, 'AAPL', 2, casey, 'Not yet'));
    expect(back).toMatchObject({
      revision: 3,
      message: 'Not yet',
      forkedFrom: { revision: 1 },
      panels: { p1: { settings: { symbol: 'AAPL' } } },
    });
    expect((await read(copy.id, casey)).upstream).toMatchObject({ revision: 2 });
    expect(await code(pull(copy.id, 2, 'MSFT', 1))).toEqual([412, 'revision_stale']);
    expect(await code(pull(copy.id, 3, 'MSFT', 3))).toEqual([422, 'revision_unknown']);
  });

  it('is for whoever may edit the copy and still sees the original', async () => {
    const { original, copy } = await pair();
    await save(original.id, content('MSFT'), 1);
    const shared = { department: null, visibility: 'private', grants: [{ to: 'user:robin', may: 'edit' }] };
    await got(ask(`/layouts/${copy.id}/sharing`, casey, 'PUT', shared, 1));
    expect((await read(copy.id, robin)).upstream).toBeNull();
    expect(await code(ask(`/layouts/${copy.id}/upstream`, robin))).toEqual([404, 'upstream_unknown']);
    expect(await code(pull(copy.id, 2, 'MSFT', 2, robin))).toEqual([404, 'upstream_unknown']);
    expect(await code(ask(`/layouts/${original.id}/upstream`, alex))).toEqual([404, 'upstream_unknown']);
    expect(await code(ask(`/layouts/${original.id}/upstream`, casey))).toEqual([403, 'edit_not_allowed']);
    await got(ask(`/layouts/${original.id}/sharing`, alex, 'PUT', { department: null, visibility: 'private', grants: [] }, 2));
    expect((await read(copy.id, casey)).upstream).toBeNull();
  });

  it('tells what a layout was copied from to whoever may see that, and how often it was copied to whoever may edit it', async () => {
    const lineage = async (id: string, as: Caller) => {
      const { lineage: told } = await got<LayoutAnswer>(ask(`/layouts/${id}?include=lineage`, as));
      const { items } = await got<{ items: LayoutSummary[] }>(ask('/layouts?scope=all', as));
      expect(items.find((one) => one.id === id)?.lineage).toEqual(told);
      return told;
    };
    const { original, copy } = await pair();
    expect(await read(copy.id, casey)).not.toHaveProperty('lineage');
    expect(await lineage(original.id, alex)).toEqual({ copiedFrom: null, copies: 1 });
    expect(await lineage(original.id, casey)).toEqual({ copiedFrom: null, copies: null });
    const from = { layout: original.id, title: 'Morning', owner: 'user:alex', ownerName: 'alex' };
    expect(await lineage(copy.id, casey)).toEqual({ copiedFrom: { revision: 1, original: from }, copies: 0 });
    const second = await got<Layout>(ask(`/layouts/${original.id}/clone`, casey, 'POST', {}), 201);
    expect(await lineage(original.id, alex)).toMatchObject({ copies: 2 });
    await ask(`/layouts/${second.id}`, casey, 'DELETE');
    expect(await lineage(original.id, alex)).toMatchObject({ copies: 1 });

    // Robin sees the copy, and not what it was copied from.
    const shared = { department: null, visibility: 'private', grants: [{ to: 'user:robin', may: 'view' }] };
    await got(ask(`/layouts/${copy.id}/sharing`, casey, 'PUT', shared, 1));
    expect(await lineage(copy.id, robin)).toEqual({ copiedFrom: null, copies: null });
    await got(ask(`/layouts/${original.id}/sharing`, alex, 'PUT', { department: null, visibility: 'private', grants: [] }, 1));
    expect(await lineage(copy.id, casey)).toEqual({ copiedFrom: { revision: 1, original: null }, copies: 0 });
  });

  it('names a revision, former or current, and keeps the name as the layout goes on', async () => {
    const { original } = await pair();
    const name = (revision: number, given: string | null, as: Caller = alex) =>
      ask(`/layouts/${original.id}/revisions/${revision}/name`, as, 'PUT', { name: given });
    expect(await got<RevisionSummary>(name(1, 'As agreed'))).toMatchObject({ revision: 1, name: 'As agreed' });
    await save(original.id, content('MSFT'), 1);
    await got(name(2, 'Later'));
    await got(name(1, 'As agreed on Monday'));
    const list = async () =>
      (await got<{ items: RevisionSummary[] }>(ask(`/layouts/${original.id}/revisions`, alex))).items.map(({ revision, name: given }) => [
        revision,
        given,
      ]);
    expect(await list()).toEqual([
      [2, 'Later'],
      [1, 'As agreed on Monday'],
    ]);
    await got(name(2, null));
    expect((await list())[0]).toEqual([2, undefined]);
    expect(await code(name(3, 'No'))).toEqual([404, 'revision_unknown']);
    expect(await code(name(1, 'No', casey))).toEqual([403, 'history_not_allowed']);
    expect((await name(1, ' \u202e ')).status).toBe(400);
  });
});
