import type { Draft, Layout, LayoutAnswer, LayoutContentInput, LayoutSummary, Pin, Problem, RevisionSummary } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader, type StreamReader } from '../testing/event-reader';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const pat = person('pat', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const robin = person('robin', ['publisher'], ['operations']);
const dana = person('dana', ['admin'], ['sales', 'operations']);
const setUp: Caller = { kind: 'bootstrap' };

const schema = { type: 'object', properties: { symbol: { type: 'string', maxLength: 8 }, lines: { type: 'integer', default: 3 } } };
const content = (more: Partial<LayoutContentInput> = {}): LayoutContentInput => ({
  title: 'Morning',
  tree: {
    type: 'row',
    children: [
      { size: 0.4, node: { type: 'stack', active: 0, panels: ['p1'] } },
      { size: 0.6, node: { type: 'stack', active: 0, panels: ['p2'] } },
    ],
  },
  panels: { p1: { widget: 'series-chart@stable', settings: { symbol: 'AAPL' } }, p2: { widget: 'series-chart@^1' } },
  ...more,
});
const sales = { department: 'sales', visibility: 'department' } as const;

describe.each(stores())('layouts over HTTP on $name', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(open);
    const tarball = widgetTarball({ manifest: { settings: schema } });
    expect((await api.publish('series-chart', '1.0.0', tarball)).status).toBe(201);
    const promoted = await api.call('/api/v1/widgets/series-chart/channels/stable', {
      as: publisherOf('markets-data'),
      method: 'PUT',
      body: { version: '1.0.0' },
    });
    expect(promoted.status).toBe(200);
    for (const [id, title] of [
      ['sales', 'Sales'],
      ['operations', 'Operations'],
    ] as const)
      expect((await put(`/departments/${id}`, { title }, setUp)).status).toBe(200);
  });
  afterAll(() => api.stop());

  const get = (path: string, as: Caller) => api.call(`/api/v1${path}`, { as });
  const put = (path: string, body: unknown, as: Caller, headers: Record<string, string> = {}) =>
    api.call(`/api/v1${path}`, { as, method: 'PUT', body, headers });
  const post = (path: string, body: unknown, as: Caller) => api.call(`/api/v1${path}`, { as, method: 'POST', body });
  const del = (path: string, as: Caller) => api.call(`/api/v1${path}`, { as, method: 'DELETE' });
  const save = (id: string, revision: number, body: unknown, as: Caller) =>
    put(`/layouts/${id}`, body, as, { 'if-match': `"${revision}"` });
  const answered = async <T>(answer: Response, status = 200): Promise<T> => {
    if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const code = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
  const problem = async (answer: Response) => (await answer.json()) as Problem;
  const create = async (more: Partial<LayoutContentInput> = {}, as = alex) =>
    answered<Layout>(await post('/layouts', content(more), as), 201);
  const read = async (id: string, as: Caller, query = '') => answered<LayoutAnswer>(await get(`/layouts/${id}${query}`, as));

  it('creates a layout with its defaults and gives it back with what its panels run', async () => {
    const made = await create({ message: 'first' });
    expect(made).toMatchObject({ owner: 'user:alex', revision: 1, visibility: 'private', defaultChannel: 'blue', message: 'first' });
    const { layout, mayEdit, mine, resolution } = await read(made.id, alex, '?include=resolution');
    expect(layout).toEqual(made);
    expect([mayEdit, mine]).toEqual([true, null]);
    expect(resolution?.map((item) => ('error' in item ? item.error : `${item.spec} ${item.version}`))).toEqual([
      'series-chart@stable 1.0.0',
      'series-chart@^1 1.0.0',
    ]);
    expect((await read(made.id, alex)).resolution).toBeNull();
  });

  it('hides it from whoever it is not shared with', async () => {
    const { id } = await create();
    expect(await code(await get(`/layouts/${id}`, casey))).toEqual([404, 'layout_unknown']);
    expect(await code(await save(id, 1, content(), casey))).toEqual([404, 'layout_unknown']);
    expect(await code(await get(`/layouts/${id}/revisions`, casey))).toEqual([404, 'layout_unknown']);
    expect(await code(await post(`/layouts/${id}/clone`, {}, casey))).toEqual([404, 'layout_unknown']);
    expect((await read(id, dana)).mayEdit).toBe(true);
    expect(await code(await api.call(`/api/v1/layouts/${id}`))).toEqual([401, 'session_unknown']);
    expect(await code(await get(`/layouts/${id}`, publisherOf('platform')))).toEqual([403, 'session_required']);
  });

  it('saves revision after revision and keeps the former ones', async () => {
    const { id } = await create();
    for (let revision = 1; revision <= 3; revision++) {
      const saved = await answered<Layout>(await save(id, revision, content({ title: `Take ${revision}`, message: `m${revision}` }), alex));
      expect(saved).toMatchObject({ revision: revision + 1, title: `Take ${revision}`, message: `m${revision}` });
    }
    const list = async (query: string) =>
      answered<{ items: RevisionSummary[]; next: string | null }>(await get(`/layouts/${id}/revisions${query}`, alex));
    const all = await list('');
    expect(all.items.map(({ revision }) => revision)).toEqual([4, 3, 2, 1]);
    expect(all.items[0]).toMatchObject({ message: 'm3', updatedBy: 'user:alex', updatedByName: 'alex' });
    expect(all.next).toBeNull();
    const first = await list('?limit=3');
    expect(first.items.map(({ revision }) => revision)).toEqual([4, 3, 2]);
    expect((await list(`?limit=3&cursor=${first.next}`)).items.map(({ revision }) => revision)).toEqual([1]);
    expect(await answered<Layout>(await get(`/layouts/${id}/revisions/2`, alex))).toMatchObject({ revision: 2, title: 'Take 1' });
    expect(await answered<Layout>(await get(`/layouts/${id}/revisions/4`, alex))).toMatchObject({ revision: 4, title: 'Take 3' });
    expect(await code(await get(`/layouts/${id}/revisions/5`, alex))).toEqual([404, 'revision_unknown']);
  });

  it('refuses a stale save with the current layout, and one that does not say what it was made from', async () => {
    const { id } = await create(sales);
    const current = await answered<Layout>(await save(id, 1, content({ ...sales, title: 'Hers' }), pat));
    const refused = await save(id, 1, content({ ...sales, title: 'His' }), alex);
    expect(refused.status).toBe(412);
    expect(refused.headers.get('etag')).toBe('"2"');
    expect(await refused.json()).toMatchObject({ code: 'revision_stale', current });
    expect(await code(await put(`/layouts/${id}`, content(), alex))).toEqual([428, 'if_match_required']);
    expect((await put(`/layouts/${id}`, content(), alex, { 'if-match': '*' })).status).toBe(400);
    expect(await code(await save(id, 99, content(), alex))).toEqual([412, 'revision_stale']);
  });

  it('lets exactly one of many savers win, and tells the others what won', async () => {
    const { id } = await create(sales);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => save(id, 1, content({ ...sales, title: `Saver ${i}` }), i % 2 ? alex : pat)),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const winner = await answered<Layout>(won[0] as Response);
    for (const lost of answers.filter((answer) => answer !== won[0])) {
      expect(lost.status).toBe(412);
      expect(((await lost.json()) as { current: Layout }).current.title).toBe(winner.title);
    }
    expect((await read(id, alex)).layout).toEqual(winner);
  });

  it('lets viewers look, and editors leave the sharing alone', async () => {
    const { id } = await create({ ...sales, grants: [{ to: 'user:robin', may: 'edit' }] });
    expect((await read(id, casey)).mayEdit).toBe(false);
    expect(await code(await save(id, 1, content(sales), casey))).toEqual([403, 'edit_not_allowed']);
    expect((await read(id, robin)).mayEdit).toBe(true);
    expect(await code(await save(id, 1, content({ ...sales, visibility: 'company' }), robin))).toEqual([403, 'sharing_not_allowed']);
    expect(await code(await del(`/layouts/${id}`, robin))).toEqual([403, 'delete_not_allowed']);
    expect(await code(await post('/layouts', content({ department: 'operations' }), alex))).toEqual([403, 'department_not_yours']);
    expect(await code(await post('/layouts', content({ visibility: 'department' }), alex))).toEqual([422, 'department_missing']);
  });

  it('shares as widely as the instance lets the person', async () => {
    const company = content({ visibility: 'company' });
    expect(await code(await post('/layouts', company, casey))).toEqual([403, 'sharing_too_wide']);
    expect(await code(await post('/layouts', company, alex))).toEqual([403, 'sharing_too_wide']);
    const toOperations = content({ grants: [{ to: 'department:operations', may: 'edit' }] });
    expect(await code(await post('/layouts', toOperations, casey))).toEqual([403, 'department_not_yours']);
    const { id } = await create({}, casey);
    expect(await code(await save(id, 1, content(sales), casey))).toEqual([403, 'sharing_too_wide']);
    await answered(await save(id, 1, content({ grants: [{ to: 'user:alex', may: 'edit' }] }), casey));
    expect((await read(id, alex)).mayEdit).toBe(true);
  });

  it('tells its history and its grants to whoever may edit it, and to nobody who only looks', async () => {
    const grants = [{ to: 'user:robin', may: 'view' as const }];
    const { id } = await create({ title: 'Salaries', grants });
    await answered(await save(id, 1, content({ ...sales, grants }), alex));
    for (const [viewer, may] of [
      [casey, false],
      [robin, false],
      [alex, true],
      [dana, true],
    ] as const) {
      const answer = await read(id, viewer);
      expect([answer.mayEdit, answer.layout.grants]).toEqual([may, may ? grants : []]);
      for (const path of ['/revisions', '/revisions/1', '/revisions/2']) {
        const history = await get(`/layouts/${id}${path}`, viewer);
        if (may) expect(history.status).toBe(200);
        else expect(await code(history)).toEqual([403, 'history_not_allowed']);
      }
    }
    await answered(await put('/pins/sales', { layout: id }, dana));
    expect((await answered<Pin>(await get('/pins/sales?include=layout', casey))).answer?.layout.grants).toEqual([]);
  });

  it('refuses a layout that names an unknown widget, and says where', async () => {
    const panels = { ...content().panels, p2: { widget: 'no-such-widget@stable' } };
    const answer = await post('/layouts', content({ panels }), alex);
    expect(answer.status).toBe(422);
    expect(await problem(answer)).toMatchObject({ code: 'widget_unknown', errors: [{ path: '/panels/p2/widget' }] });
    const { id } = await create();
    expect(await code(await save(id, 1, content({ panels }), alex))).toEqual([422, 'widget_unknown']);
    expect(await code(await post(`/layouts/${id}/clone`, { content: content({ panels }) }, alex))).toEqual([422, 'widget_unknown']);
    expect((await read(id, alex)).layout.revision).toBe(1);
  });

  it('keeps wires between panels, and refuses those that lead from nowhere or to what no wire may set', async () => {
    const wire = { from: 'p1', context: 'fdc3.instrument', take: 'id.ticker' };
    const p2 = (...bindings: object[]) =>
      content({ panels: { ...content().panels, p2: { widget: 'series-chart@^1', bindings } as never } });
    const made = await answered<Layout>(
      await post(
        '/layouts',
        p2({ ...wire, setting: 'symbol' }, { from: 'p1', event: 'sl-change', take: 'value', attribute: 'label' }),
        alex,
      ),
      201,
    );
    expect((await read(made.id, alex)).layout.panels['p2']?.bindings).toEqual(made.panels['p2']?.bindings);
    expect(made.panels['p2']?.bindings).toHaveLength(2);
    for (const from of ['p2', 'gone', 'constructor']) {
      const answer = await save(made.id, 1, p2({ ...wire, setting: 'symbol' }, { ...wire, from, attribute: 'label' }), alex);
      expect([answer.status, await problem(answer)]).toMatchObject([
        422,
        { code: 'layout_invalid', errors: [{ path: '/panels/p2/bindings/1/from' }] },
      ]);
    }
    const { context, ...silent } = wire;
    for (const bad of [
      { ...wire, attribute: 'onclick' },
      { ...wire, attribute: 'style' },
      { ...wire, setting: '__proto__' },
      { ...wire, take: 'id..x', setting: 'symbol' },
      { ...wire, setting: 'symbol', attribute: 'symbol' },
      { ...wire, event: 'change', setting: 'symbol' },
      { ...silent, setting: 'symbol' },
      { ...silent, event: 'a b', setting: 'symbol' },
      { ...wire, context: 'event:change', setting: 'symbol' },
      { ...wire, property: 'innerHTML' },
      wire,
    ])
      expect([bad, (await save(made.id, 1, p2(bad), alex)).status]).toEqual([bad, 400]);
    expect((await save(made.id, 1, p2(...Array.from({ length: 21 }, (_, i) => ({ ...wire, setting: `s${i}` }))), alex)).status).toBe(400);
    expect((await read(made.id, alex)).layout.revision).toBe(1);
  });

  it('refuses a tree that does not fit its panels, whatever they are called', async () => {
    const stack = (...panels: string[]) => ({ type: 'stack' as const, active: 0, panels });
    const widget = { widget: 'series-chart@stable' };
    for (const [tree, panels] of [
      [stack('p1', 'p9'), { p1: widget }],
      [stack('p1', 'p1'), { p1: widget }],
      [stack(), { p1: widget }],
      [stack('constructor'), {}],
      [stack('a b'), { 'a b': widget }],
    ] as const)
      expect((await post('/layouts', content({ tree: tree as never, panels }), alex)).status).toBeGreaterThanOrEqual(400);
    const hostile = JSON.stringify(content()).replace('"panels":{"p1"', '"panels":{"__proto__":{"widget":"series-chart@stable"},"p1"');
    const answer = await api.call('/api/v1/layouts', {
      as: alex,
      method: 'POST',
      body: hostile,
      headers: { 'content-type': 'application/json' },
    });
    expect([400, 422]).toContain(answer.status);
  });

  it('refuses what is too large, before and after it was parsed, and keeps nothing of it', async () => {
    const { id } = await create();
    const of = (bytes: number) =>
      content({ panels: { ...content().panels, p1: { widget: 'series-chart@stable', settings: { a: 'x'.repeat(bytes) } } } });
    expect((await save(id, 1, of(400_000), alex)).status).toBe(200);
    expect(await code(await save(id, 2, of(600_000), alex))).toEqual([413, 'layout_too_large']);
    expect(await code(await save(id, 2, of(10_000_000), alex))).toEqual([413, 'body_too_large']);
    expect(await code(await put(`/layouts/${id}/draft`, { base: 1, content: of(600_000) }, alex))).toEqual([413, 'layout_too_large']);
    expect((await read(id, alex)).layout.revision).toBe(2);
  });

  it('answers a tree of absurd depth with a refusal', async () => {
    let tree = '{"type":"stack","active":0,"panels":["p1"]}';
    for (let depth = 0; depth < 8000; depth++) tree = `{"type":"row","children":[{"size":1,"node":${tree}}]}`;
    const body = `{"title":"Deep","panels":{"p1":{"widget":"series-chart@stable"}},"tree":${tree}}`;
    const answer = await api.call('/api/v1/layouts', { as: alex, method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(await code(answer)).toEqual([400, 'body_too_deep']);
  });

  it('lists by scope, most recently updated first', async () => {
    const someone = person('lee', ['viewer'], ['research']);
    const own = await create({ title: 'own' }, someone);
    const shared = await create({ title: 'shared', grants: [{ to: 'user:lee', may: 'view' }] });
    const team = await create({ title: 'team', department: 'research', visibility: 'department' }, dana);
    const list = async (query: string, as: Caller = someone) =>
      answered<{ items: LayoutSummary[]; next: string | null }>(await get(`/layouts${query}`, as));
    expect((await list('')).items.map(({ title, mayEdit }) => [title, mayEdit])).toEqual([
      ['team', false],
      ['shared', false],
      ['own', true],
    ]);
    expect((await list('?scope=mine')).items.map(({ id }) => id)).toEqual([own.id]);
    expect((await list('?scope=department')).items.map(({ id }) => id)).toEqual([team.id]);
    const first = await list('?limit=2');
    expect(first.items.map(({ id }) => id)).toEqual([team.id, shared.id]);
    expect((await list(`?limit=2&cursor=${first.next}`)).items.map(({ id }) => id)).toEqual([own.id]);
    expect(await code(await get('/layouts?cursor=bm9uc2Vuc2U', someone))).toEqual([400, 'cursor_invalid']);
  });

  it('keeps a viewer’s own settings over a layout, checked, and folds them into a copy', async () => {
    const { id } = await create(sales);
    const mine = { panels: { p1: { settings: { symbol: 'IBM' } } } };
    expect(await answered(await put(`/layouts/${id}/mine`, mine, casey))).toEqual(mine);
    expect((await read(id, casey)).mine).toEqual(mine);
    expect((await read(id, alex)).mine).toBeNull();
    // A browser that kept the answer would ask by the revision, which is still the same.
    expect((await get(`/layouts/${id}`, casey)).headers.get('cache-control')).toBe('no-store');
    expect((await read(id, casey)).layout.panels['p1']?.settings).toEqual({ symbol: 'AAPL' });
    expect(await code(await put(`/layouts/${id}/mine`, { panels: { p7: { settings: {} } } }, casey))).toEqual([422, 'panel_unknown']);
    const wrong = await put(`/layouts/${id}/mine`, { panels: { p1: { settings: { symbol: 'MUCH TOO LONG' } } } }, casey);
    expect(await problem(wrong)).toMatchObject({ status: 422, code: 'settings_invalid', errors: [{ path: '/panels/p1/settings/symbol' }] });
    const copy = await answered<Layout>(await post(`/layouts/${id}/clone`, {}, casey), 201);
    expect(copy).toMatchObject({ owner: 'user:casey', visibility: 'private', department: null, forkedFrom: { layout: id, revision: 1 } });
    expect(copy.panels['p1']?.settings).toEqual({ symbol: 'IBM' });
    expect((await del(`/layouts/${id}/mine`, casey)).status).toBe(204);
    expect((await read(id, casey)).mine).toBeNull();
    const bare = await api.call(`/api/v1/layouts/${id}/clone`, { as: casey, method: 'POST' });
    expect((await answered<Layout>(bare, 201)).panels['p1']?.settings).toEqual({ symbol: 'AAPL' });
  });

  it('sets some of a viewer’s own settings and leaves the others, of panels that are there', async () => {
    const { id } = await create(sales);
    const patch = (settings: Record<string, unknown>, panel = 'p1') =>
      api.call(`/api/v1/layouts/${id}/mine`, { as: casey, method: 'PATCH', body: { panels: { [panel]: { settings } } } });
    expect(await answered(await patch({ symbol: 'IBM' }))).toEqual({ panels: { p1: { settings: { symbol: 'IBM' } } } });
    expect(await code(await patch({ symbol: 'MUCH TOO LONG' }))).toEqual([422, 'settings_invalid']);
    expect(await code(await patch({}, 'p7'))).toEqual([422, 'panel_unknown']);
    expect((await read(id, casey)).mine).toEqual({ panels: { p1: { settings: { symbol: 'IBM' } } } });
  });

  it('says what layouts and their panels are called to whoever may see them', async () => {
    const panels = { p1: { widget: 'series-chart@latest', title: 'Prices' }, p2: { widget: 'series-chart@1.0.0' } };
    const tree: LayoutContentInput['tree'] = { type: 'stack', active: 0, panels: ['p1', 'p2'] };
    const own = await create({ title: 'Mine', panels, tree });
    const team = await create({ ...sales, title: 'Ours' });
    const ids = [own.id, team.id, '00000000-0000-4000-8000-000000000000'].map((id) => `id=${id}`).join('&');
    const titles = async (as: Caller, query = ids) =>
      (await answered<{ items: unknown[] }>(await get(`/layout-titles?${query}`, as))).items;
    const mine = {
      id: own.id,
      title: 'Mine',
      panels: { p1: { title: 'Prices', widget: 'series-chart' }, p2: { title: null, widget: 'series-chart' } },
    };
    const unnamed = { title: null, widget: 'series-chart' };
    const ours = { id: team.id, title: 'Ours', panels: { p1: unnamed, p2: unnamed } };
    expect(await titles(alex)).toEqual([mine, ours]);
    expect(await titles(casey)).toEqual([ours]);
    expect(await titles(robin)).toEqual([]);
    expect(await titles(alex, `id=${own.id}`)).toEqual([mine]);
    expect((await get('/layout-titles', alex)).status).toBe(400);
    expect((await get(`/layout-titles?${Array.from({ length: 51 }, () => `id=${own.id}`).join('&')}`, alex)).status).toBe(400);
  });

  it('tells what a layout was copied from only to whoever may see that one, and keeps it through their saves', async () => {
    const { id: origin } = await create();
    const copy = await answered<Layout>(await post(`/layouts/${origin}/clone`, {}, alex), 201);
    const lineage = { layout: origin, revision: 1 };
    expect(copy.forkedFrom).toEqual(lineage);
    const shared = content({ ...sales, grants: [{ to: 'user:casey', may: 'edit' }] });
    await answered(await save(copy.id, 1, shared, alex));
    expect((await read(copy.id, alex)).layout.forkedFrom).toEqual(lineage);
    expect((await read(copy.id, casey)).layout.forkedFrom).toBeNull();
    expect((await answered<Layout>(await get(`/layouts/${copy.id}/revisions/1`, casey))).forkedFrom).toBeNull();
    expect((await answered<Layout>(await save(copy.id, 2, shared, casey))).forkedFrom).toBeNull();
    const { current } = (await (await save(copy.id, 2, shared, casey)).json()) as { current: Layout };
    expect([current.revision, current.forkedFrom]).toEqual([3, null]);
    expect((await read(copy.id, alex)).layout.forkedFrom).toEqual(lineage);
    expect((await del(`/layouts/${origin}`, alex)).status).toBe(204);
    expect((await read(copy.id, alex)).layout.forkedFrom).toBeNull();
  });

  it('gives up on settings that a widget’s own pattern would check for ever', async () => {
    const slow = { type: 'object', properties: { symbol: { type: 'string', pattern: '^(a+)+$' } } };
    expect((await api.publish('slow-check', '1.0.0', widgetTarball({ name: 'slow-check', manifest: { settings: slow } }))).status).toBe(
      201,
    );
    const panels = { p1: { widget: 'slow-check@latest' }, p2: { widget: 'slow-check@latest' } };
    const { id } = await create({ ...sales, panels });
    const overlay = { panels: { p1: { settings: { symbol: `${'a'.repeat(60)}!` } } } };
    expect(await code(await put(`/layouts/${id}/mine`, overlay, casey))).toEqual([422, 'settings_invalid']);
  });

  it('keeps a draft in place of the state that is meant, and of no other', async () => {
    const { id } = await create(sales);
    const line = '6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11';
    const send = (method: string, headers: Record<string, string>, title = 'Draft') => {
      const body = method === 'PUT' ? { body: { base: 1, content: content({ title }), line } } : {};
      return api.call(`/api/v1/layouts/${id}/draft`, { as: alex, method, headers, ...body });
    };
    const kept = await answered<Draft>(await send('PUT', { 'if-none-match': '*' }));
    expect(await answered(await get(`/layouts/${id}/draft`, alex))).toEqual(kept);
    expect(kept).toMatchObject({ line, tag: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await code(await send('PUT', { 'if-none-match': '*' }))).toEqual([412, 'draft_stale']);
    const next = await answered<Draft>(await send('PUT', { 'if-match': `"${kept.tag}"` }, 'Next'));
    expect(await code(await send('PUT', { 'if-match': `"${kept.tag}"` }))).toEqual([412, 'draft_stale']);
    expect(await code(await send('DELETE', { 'if-match': `"${kept.tag}"` }))).toEqual([412, 'draft_stale']);
    expect(await answered(await get(`/layouts/${id}/draft`, alex))).toEqual(next);
    expect((await send('DELETE', { 'if-match': `"${next.tag}"` })).status).toBe(204);
    expect((await send('PUT', { 'if-match': 'W/"1"' })).status).toBe(400);
  });

  it('keeps a draft for each person until it is thrown away', async () => {
    const { id } = await create(sales);
    expect((await get(`/layouts/${id}/draft`, alex)).status).toBe(204);
    const body = { base: 1, taken: 3, content: content({ ...sales, title: 'Unsaved' }) };
    const kept = await answered<Draft>(await put(`/layouts/${id}/draft`, body, alex));
    expect(kept).toMatchObject(body);
    expect(await answered(await get(`/layouts/${id}/draft`, alex))).toEqual(kept);
    expect((await get(`/layouts/${id}/draft`, pat)).status).toBe(204);
    expect(await code(await put(`/layouts/${id}/draft`, { ...body, base: 2 }, alex))).toEqual([422, 'revision_unknown']);
    expect((await del(`/layouts/${id}/draft`, alex)).status).toBe(204);
    expect((await get(`/layouts/${id}/draft`, alex)).status).toBe(204);
  });

  it('pins a layout, and answers a casual user in one round trip', async () => {
    const { id } = await create(sales);
    expect(await code(await get('/pins/operations', robin))).toEqual([404, 'pin_unknown']);
    expect((await put('/pins/sales', { layout: id }, alex)).status).toBe(200);
    const pin = await answered<Pin>(await get('/pins/sales?include=layout,resolution', casey));
    expect(pin).toMatchObject({ department: { id: 'sales', title: 'Sales', layout: id }, layout: id, pinnedBy: 'user:alex' });
    expect(pin.session?.user).toMatchObject({ id: 'casey', roles: ['viewer'] });
    expect(pin.session?.departments).toEqual([{ id: 'sales', title: 'Sales', layout: id, layouts: [id] }]);
    expect(pin.pinned).toMatchObject([{ layout: id, title: 'Morning', pinnedBy: 'user:alex' }]);
    expect(pin.answer?.layout.id).toBe(id);
    expect(pin.answer?.resolution).toHaveLength(2);
    const plain = await answered<Pin>(await get('/pins/sales', casey));
    expect([plain.session, plain.answer]).toEqual([undefined, undefined]);
    expect(await code(await get('/pins/sales', robin))).toEqual([403, 'department_not_yours']);
    expect(await answered(await get('/departments', robin))).toEqual({
      items: [{ id: 'operations', title: 'Operations', layout: null, layouts: [] }],
      next: null,
    });
  });

  it('pins only what the department sees, by whom it may be done', async () => {
    const { id } = await create();
    expect(await code(await put('/pins/sales', { layout: id }, alex))).toEqual([422, 'layout_not_shared']);
    expect(await code(await put('/pins/sales', { layout: id }, casey))).toEqual([403, 'pin_not_allowed']);
    expect(await code(await put('/pins/operations', { layout: id }, alex))).toEqual([403, 'pin_not_allowed']);
    expect(await code(await put('/pins/research', { layout: id }, setUp))).toEqual([404, 'department_unknown']);
    expect(await code(await put('/departments/sales', { title: 'Mine' }, alex))).toEqual([403, 'role_required']);
  });

  it('neither deletes nor hides a pinned layout until another one is pinned', async () => {
    const one = await create(sales);
    const two = await create({ visibility: 'company' }, dana);
    expect((await put('/pins/sales', { layout: one.id }, dana)).status).toBe(200);
    expect(await code(await del(`/layouts/${one.id}`, alex))).toEqual([409, 'layout_pinned']);
    expect(await code(await save(one.id, 1, content(), alex))).toEqual([409, 'layout_pinned']);
    expect((await put('/pins/sales', { layout: two.id }, alex)).status).toBe(200);
    expect((await del(`/layouts/${one.id}`, alex)).status).toBe(204);
    expect(await code(await get(`/layouts/${one.id}`, alex))).toEqual([410, 'layout_binned']);
    expect(await code(await put('/pins/sales', { layout: one.id }, dana))).toEqual([410, 'layout_binned']);
  });

  it('ends with one pin when several are made at once, and only that layout is held', async () => {
    const made = await Promise.all(['a', 'b', 'c', 'd'].map((title) => create({ ...sales, title })));
    const answers = await Promise.all(made.map(({ id }) => put('/pins/sales', { layout: id }, alex)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { layout } = await answered<Pin>(await get('/pins/sales', casey));
    const deleted = await Promise.all(made.map(async ({ id }) => [id, (await del(`/layouts/${id}`, alex)).status]));
    expect(new Map(deleted as [string, number][])).toEqual(new Map(made.map(({ id }) => [id, id === layout ? 409 : 204])));
  });

  it('tells whoever may see a layout of its changes, and nobody else', async () => {
    await using heard = await openStreamReader(api, casey, null);
    await using known = await openStreamReader(api, alex, null);
    const secret = await create();
    const open = await create(sales);
    await answered(await save(open.id, 1, content(), alex));
    await answered(await save(secret.id, 1, content(), alex));
    const until = async (reader: StreamReader, id: string, revision: number): Promise<string[]> => {
      const heard = await reader.takeUntil(({ data }) => data['layout'] === id && data['revision'] === revision);
      return heard.map(({ data }) => `${data['layout']} ${data['revision']} ${data['by']}`);
    };
    // Events of different layouts may overtake each other; once these are out, whatever casey was going to hear is out as well.
    await until(known, secret.id, 2);
    const last = await create({ visibility: 'company' }, dana);
    const seen = await until(heard, last.id, 1);
    // The second one took it from casey: who loses a layout hears of that.
    expect(seen.filter((line) => line.startsWith(open.id))).toEqual([`${open.id} 1 user:alex`, `${open.id} 2 user:alex`]);
    expect(seen.filter((line) => line.startsWith(secret.id))).toEqual([]);
  });

  it('writes every change into the log', async () => {
    const { id } = await create();
    await save(id, 1, content(), alex);
    await del(`/layouts/${id}`, alex);
    const { items } = await answered<{ items: { action: string; subject: string; actor: string }[] }>(await get('/audit?limit=200', dana));
    // What tests before did may still come into the log in between.
    const about = items.filter(({ subject }) => subject === `layout:${id}`);
    expect(about.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['layout.bin', `layout:${id}`, 'user:alex'],
      ['layout.save', `layout:${id}`, 'user:alex'],
      ['layout.create', `layout:${id}`, 'user:alex'],
    ]);
  });

  it('counts layouts for the marketplace', async () => {
    const before = await layoutsOf('series-chart');
    const { id } = await create();
    expect(await layoutsOf('series-chart')).toBe(before + 1);
    await del(`/layouts/${id}`, alex);
    expect(await layoutsOf('series-chart')).toBe(before);
  });
  const layoutsOf = async (name: string) => (await answered<{ layouts: number }>(await get(`/widgets/${name}`, alex))).layouts;
});
