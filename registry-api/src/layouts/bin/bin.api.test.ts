/** The bin, stars and what was opened last, over HTTP. */
import type { Binned, Layout, LayoutContentInput, LayoutSummary, LayoutTitles, Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../http/caller';
import { person, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';
import { widgetTarball } from '../../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const robin = person('robin', ['viewer'], ['operations']);
const dana = person('dana', ['admin'], ['sales']);

describe.each(stores())('what was deleted, starred and opened on $name', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
  });
  afterAll(() => api.stop());

  const ask = (path: string, as: Caller, method = 'GET', body?: unknown) =>
    api.call(`/api/v1${path}`, { as, method, ...(body === undefined ? {} : { body }) });
  async function create(title: string, more: Partial<LayoutContentInput> = {}, as = alex): Promise<string> {
    const tree = { type: 'stack' as const, active: 0, panels: ['p1'] };
    const body = { title, tree, panels: { p1: { widget: 'series-chart@^1' } }, ...more };
    return ((await (await ask('/layouts', as, 'POST', body)).json()) as Layout).id;
  }
  const list = async (query: string, as: Caller = alex): Promise<LayoutSummary[]> =>
    ((await (await ask(`/layouts?${query}`, as)).json()) as { items: LayoutSummary[] }).items;
  const ids = async (query: string, as: Caller = alex) => (await list(query, as)).map(({ id }) => id);
  const problemOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];

  it('says to whoever could see it that it is in the bin, and to nobody else', async () => {
    const id = await create('Quarter', { department: 'sales', visibility: 'department' });
    expect((await ask(`/layouts/${id}`, casey, 'DELETE')).status).toBe(403);
    expect((await ask(`/layouts/${id}`, alex, 'DELETE')).status).toBe(204);
    const told = async (as: Caller) => {
      const answer = await ask(`/layouts/${id}`, as);
      return { status: answer.status, body: (await answer.json()) as Problem & { binned?: Binned } };
    };
    expect(await told(casey)).toMatchObject({
      status: 410,
      body: { code: 'layout_binned', binned: { byName: 'alex', mayRestore: false } },
    });
    expect((await told(casey)).body.detail).toContain('Ask its owner');
    const { binned } = (await told(alex)).body;
    expect(binned?.mayRestore).toBe(true);
    expect(Date.parse(binned?.until ?? '') - Date.parse(binned?.at ?? '')).toBe(30 * 86_400_000);
    expect(await told(robin)).toMatchObject({ status: 404, body: { code: 'layout_unknown' } });
    for (const [path, method] of [
      ['/draft', 'GET'],
      ['/revisions', 'GET'],
      ['/access', 'GET'],
      ['/star', 'PUT'],
      ['/opened', 'PUT'],
      ['', 'DELETE'],
    ] as const)
      expect(await problemOf(await ask(`/layouts/${id}${path}`, alex, method)), `${method} ${path}`).toEqual([410, 'layout_binned']);
    expect(await ids('scope=all')).not.toContain(id);
    expect(await ids('scope=bin', casey)).toEqual([]);
    expect((await list('scope=bin')).find((one) => one.id === id)).toMatchObject({ title: 'Quarter', binned: { mayRestore: true } });
    const titles = async (as: Caller, more = '') =>
      ((await (await ask(`/layout-titles?id=${id}${more}`, as)).json()) as { items: LayoutTitles[] }).items.length;
    expect([await titles(alex), await titles(alex, '&include=tree'), await titles(casey, '&include=tree')]).toEqual([0, 1, 0]);

    expect(await problemOf(await ask(`/layouts/${id}/restore`, casey, 'POST'))).toEqual([403, 'delete_not_allowed']);
    expect(await problemOf(await ask(`/layouts/${id}/restore`, robin, 'POST'))).toEqual([404, 'layout_unknown']);
    expect((await ask(`/layouts/${id}/restore`, dana, 'POST')).status).toBe(200);
    expect(await problemOf(await ask(`/layouts/${id}/restore`, alex, 'POST'))).toEqual([409, 'layout_not_binned']);
    expect((await ask(`/layouts/${id}`, casey)).status).toBe(200);
  });

  it('lets what is in the bin go for ever, and only that', async () => {
    const id = await create('Old', { department: 'sales', visibility: 'department' });
    expect(await problemOf(await ask(`/layouts/${id}?forever=true`, alex, 'DELETE'))).toEqual([409, 'layout_not_binned']);
    await ask(`/layouts/${id}`, alex, 'DELETE');
    expect(await problemOf(await ask(`/layouts/${id}?forever=true`, casey, 'DELETE'))).toEqual([403, 'delete_not_allowed']);
    expect((await ask(`/layouts/${id}?forever=true`, alex, 'DELETE')).status).toBe(204);
    expect(await problemOf(await ask(`/layouts/${id}`, alex))).toEqual([404, 'layout_unknown']);
    expect(await ids('scope=bin')).not.toContain(id);
  });

  it('keeps stars and what was opened last for each person, as far as they still see it', async () => {
    const everybody = { visibility: 'company' } as const;
    const [one, two] = [await create('One', everybody, dana), await create('Two', everybody, dana)];
    expect(await problemOf(await ask(`/layouts/${await create('Private')}/star`, casey, 'PUT'))).toEqual([404, 'layout_unknown']);
    for (const id of [one, two, one]) expect((await ask(`/layouts/${id}/opened`, casey, 'PUT')).status).toBe(204);
    expect((await ask(`/layouts/${two}/star`, casey, 'PUT')).status).toBe(204);
    expect(await ids('scope=recent', casey)).toEqual([one, two]);
    expect((await list('scope=recent', casey))[0]?.openedAt).toBeTruthy();
    expect(await ids('scope=recent&q=two', casey)).toEqual([two]);
    expect(await ids('scope=starred', casey)).toEqual([two]);
    expect((await list('scope=company', casey)).filter(({ starred }) => starred).map(({ id }) => id)).toEqual([two]);
    expect([await ids('scope=starred'), await ids('scope=recent')]).toEqual([[], []]);

    const { items, next } = (await (await ask('/layouts?scope=recent&limit=1', casey)).json()) as { items: LayoutSummary[]; next: string };
    expect(items.map(({ id }) => id)).toEqual([one]);
    expect(await ids(`scope=recent&limit=1&cursor=${next}`, casey)).toEqual([two]);

    await ask(`/layouts/${two}`, dana, 'DELETE');
    expect(await ids('scope=starred', casey)).toEqual([]);
    await ask(`/layouts/${two}/restore`, dana, 'POST');
    expect(await ids('scope=starred', casey)).toEqual([two]);
    expect((await ask(`/layouts/${two}/star`, casey, 'DELETE')).status).toBe(204);
    expect(await ids('scope=starred', casey)).toEqual([]);

    // A star goes also when its layout is out of sight; nobody learns by it what there is.
    const lent = await create('Lent', { grants: [{ to: 'user:casey', may: 'view' }] });
    expect((await ask(`/layouts/${lent}/star`, casey, 'PUT')).status).toBe(204);
    const sharing = { department: null, visibility: 'private', grants: [] };
    const taken = await api.call(`/api/v1/layouts/${lent}/sharing`, {
      as: alex,
      method: 'PUT',
      body: sharing,
      headers: { 'if-match': '"1"' },
    });
    expect(taken.status).toBe(200);
    expect((await ask(`/layouts/${lent}/star`, casey, 'DELETE')).status).toBe(204);
    expect(await problemOf(await ask(`/layouts/${lent}/star`, casey, 'DELETE'))).toEqual([404, 'layout_unknown']);
  });
});
