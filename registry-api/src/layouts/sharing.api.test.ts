/** Who sees a layout, who says so, and who asks for it, over HTTP. */
import type { AccessRequest, Layout, LayoutAccess, LayoutContentInput, LayoutSharing, Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { person, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader } from '../testing/event-reader';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const robin = person('robin', ['publisher'], ['operations']);
const dana = person('dana', ['admin'], []);
const setUp: Caller = { kind: 'bootstrap' };
const content: LayoutContentInput = {
  title: 'Morning',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@^1', settings: { symbol: 'AAPL' } } },
};
const hidden: LayoutSharing = { department: null, visibility: 'private', grants: [] };

describe.each(stores())('sharing over HTTP on $name', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    for (const [id, title] of [
      ['sales', 'Sales'],
      ['operations', 'Operations'],
    ])
      expect((await api.call(`/api/v1/departments/${id}`, { as: setUp, method: 'PUT', body: { title } })).status).toBe(200);
    // Everybody has been here once.
    for (const who of [alex, casey, robin, dana]) await api.call('/api/v1/session', { as: who });
  });
  afterAll(() => api.stop());

  const get = (path: string, as: Caller) => api.call(`/api/v1${path}`, { as });
  const post = (path: string, body: unknown, as: Caller) => api.call(`/api/v1${path}`, { as, method: 'POST', body });
  const put = (path: string, body: unknown, as: Caller, headers = {}) => api.call(`/api/v1${path}`, { as, method: 'PUT', body, headers });
  const share = (id: string, revision: number, sharing: LayoutSharing, as: Caller = alex) =>
    put(`/layouts/${id}/sharing`, sharing, as, { 'if-match': `"${revision}"` });
  const code = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
  const read = async <T>(path: string, as: Caller) => (await (await get(path, as)).json()) as T;
  const create = async (more: Partial<LayoutContentInput> = {}, as: Caller = alex) =>
    (await (await post('/layouts', { ...content, ...more }, as)).json()) as Layout;
  const ask = (id: string, as: Caller, may: 'view' | 'edit' = 'view') => post(`/layouts/${id}/access-requests`, { may }, as);
  const requests = async (as: Caller = alex) => (await read<{ items: AccessRequest[] }>('/access-requests', as)).items;
  const answer = (id: string, given: string, as: Caller = alex) => put(`/access-requests/${id}`, { answer: given }, as);

  it('says who has access and why, by names, to whoever may edit', async () => {
    const layout = await create({
      department: 'sales',
      visibility: 'department',
      grants: [
        { to: 'user:robin', may: 'edit' },
        { to: 'department:sales', may: 'view' },
        { to: 'user:never-here', may: 'view' },
      ],
    });
    expect((await put('/pins/sales', { layout: layout.id }, alex)).status).toBe(200);
    const access = await read<LayoutAccess>(`/layouts/${layout.id}/access`, alex);
    expect(access.entries.map(({ to, name, may, why }) => `${why} ${to} (${name}): ${may}`)).toEqual([
      'owner user:alex (alex): own',
      'grant user:never-here (never-here): view',
      'grant user:robin (robin): edit',
      'grant department:sales (Sales): view',
      'department department:sales (Sales): view',
      'pinned department:sales (Sales): view',
      'admin admins (Administrators): edit',
    ]);
    expect(access).toMatchObject({ revision: 1, mayShare: true, rules: { people: true, department: true, company: false } });
    expect(await read<LayoutAccess>(`/layouts/${layout.id}/access`, robin)).toMatchObject({ mayShare: false });
    expect(await code(await get(`/layouts/${layout.id}/access`, casey))).toEqual([403, 'access_not_shown']);
    expect((await read<LayoutAccess>(`/layouts/${layout.id}/access`, dana)).rules.company).toBe(true);
  });

  it('changes nothing but who sees it, as a revision, and tells those concerned', async () => {
    const layout = await create();
    await using heard = await openStreamReader(api, casey, null);
    const shared = await share(layout.id, 1, { ...hidden, grants: [{ to: 'user:casey', may: 'view' }] });
    expect(shared.status).toBe(200);
    expect(await shared.json()).toEqual({
      ...layout,
      grants: [{ to: 'user:casey', may: 'view' }],
      revision: 2,
      message: 'Sharing changed',
      updatedAt: expect.any(String),
    });
    const told = await heard.takeUntil(
      ({ type, data }) => type === 'layouts.changed' && data['layout'] === layout.id && data['revision'] === 2,
    );
    expect(told.at(-1)?.data).toMatchObject({ sharing: true });
    expect((await get(`/layouts/${layout.id}`, casey)).status).toBe(200);
    expect((await share(layout.id, 2, hidden)).status).toBe(200);
    expect((await get(`/layouts/${layout.id}`, casey)).status).toBe(404);
    expect(await code(await share(layout.id, 2, hidden))).toEqual([412, 'revision_stale']);
    expect((await api.call(`/api/v1/layouts/${layout.id}/sharing`, { as: alex, method: 'PUT', body: hidden })).status).toBe(428);
  });

  it('keeps to the instance’s rule, and to the pins', async () => {
    const layout = await create({ grants: [{ to: 'user:casey', may: 'edit' }] });
    expect(await code(await share(layout.id, 1, { ...hidden, visibility: 'company' }))).toEqual([403, 'sharing_too_wide']);
    expect(await code(await share(layout.id, 1, { ...hidden, department: 'operations', visibility: 'department' }))).toEqual([
      403,
      'department_not_yours',
    ]);
    expect(await code(await share(layout.id, 1, hidden, casey))).toEqual([403, 'sharing_not_allowed']);
    expect((await share(layout.id, 1, { ...hidden, department: 'sales', visibility: 'department' })).status).toBe(200);
    expect((await put('/pins/sales', { layout: layout.id }, alex)).status).toBe(200);
    expect(await code(await share(layout.id, 2, hidden))).toEqual([409, 'layout_pinned']);
  });

  it('finds people by name, with the departments that one knows, and nobody by a pattern', async () => {
    const find = async (q: string, as: Caller) => (await read<{ items: unknown[] }>(`/people?q=${encodeURIComponent(q)}`, as)).items;
    expect(await find('ca', alex)).toEqual([{ to: 'user:casey', name: 'casey', departments: ['Sales'] }]);
    expect(await find('rob', alex)).toEqual([{ to: 'user:robin', name: 'robin', departments: [] }]);
    expect(await find('rob', dana)).toEqual([{ to: 'user:robin', name: 'robin', departments: ['Operations'] }]);
    expect(await find('alex', alex)).toEqual([]);
    expect(await find('..', alex)).toEqual([]);
    expect(await find('ca &+?', alex)).toHaveLength(1);
    expect((await get('/people?q=a', alex)).status).toBe(400);
    expect((await get('/people', alex)).status).toBe(400);
  });

  it('brings a request to the owner, whose one answer shares it', async () => {
    const layout = await create();
    await using heard = await openStreamReader(api, alex, null);
    expect((await post(`/layouts/${layout.id}/access-requests`, { may: 'view', note: 'For the desk call' }, casey)).status).toBe(202);
    await heard.takeUntil(({ type }) => type === 'access-requests.changed');
    const [request] = (await requests()).filter(({ layout: id }) => id === layout.id);
    expect(request).toMatchObject({ title: 'Morning', by: 'user:casey', name: 'casey', may: 'view', note: 'For the desk call' });
    expect(await code(await answer(request?.id ?? '', 'view', casey))).toEqual([404, 'access_request_unknown']);
    expect(await code(await answer(request?.id ?? '', 'view', dana))).toEqual([404, 'access_request_unknown']);
    expect((await answer(request?.id ?? '', 'view')).status).toBe(204);
    expect((await get(`/layouts/${layout.id}`, casey)).status).toBe(200);
    expect((await requests()).filter(({ layout: id }) => id === layout.id)).toEqual([]);
    expect(await code(await answer(request?.id ?? '', 'view'))).toEqual([404, 'access_request_unknown']);
    // What is given by the way is no question any more.
    const other = await create();
    await ask(other.id, robin);
    await share(other.id, 1, { ...hidden, grants: [{ to: 'user:robin', may: 'view' }] });
    expect((await requests()).filter(({ layout: id }) => id === other.id)).toEqual([]);
    // Whoever may look may ask to edit as well.
    await ask(layout.id, casey, 'view');
    expect((await requests()).filter(({ layout: id }) => id === layout.id)).toEqual([]);
    await ask(layout.id, casey, 'edit');
    const [more] = (await requests()).filter(({ layout: id }) => id === layout.id);
    expect((await answer(more?.id ?? '', 'edit')).status).toBe(204);
    expect(await read<Layout>(`/layouts/${layout.id}`, casey)).toMatchObject({ mayEdit: true });
    expect((await read<LayoutAccess>(`/layouts/${layout.id}/access`, alex)).sharing.grants).toEqual([{ to: 'user:casey', may: 'edit' }]);
  });

  it('has no question any more of whom it is shared with in any other way, and makes room for others of theirs', async () => {
    const waiting = async (id: string) => (await requests()).filter(({ layout }) => layout === id).map(({ by, may }) => `${by} ${may}`);
    const ways: [Partial<LayoutSharing>, Caller][] = [
      [{ department: 'sales', visibility: 'department' }, alex],
      [{ grants: [{ to: 'department:sales', may: 'view' }] }, alex],
      [{ visibility: 'company' }, dana],
    ];
    for (const [way, by] of ways) {
      const layout = await create();
      await ask(layout.id, casey);
      await ask(layout.id, robin, 'edit');
      expect((await waiting(layout.id)).sort()).toEqual(['user:casey view', 'user:robin edit']);
      await using heard = await openStreamReader(api, alex, null);
      expect((await share(layout.id, 1, { ...hidden, ...way }, by)).status).toBe(200);
      await heard.takeUntil(({ type }) => type === 'access-requests.changed');
      // Robin may not edit it in any of these ways.
      expect(await waiting(layout.id)).toEqual(['user:robin edit']);
      expect((await share(layout.id, 2, { ...hidden, grants: [{ to: 'department:operations', may: 'edit' }] }, dana)).status).toBe(200);
      expect(await waiting(layout.id)).toEqual([]);
      // It was answered: what is taken away again is no question again.
      expect((await share(layout.id, 3, hidden)).status).toBe(200);
      expect(await waiting(layout.id)).toEqual([]);
      expect(await (await get(`/layouts/${layout.id}`, casey)).json()).not.toHaveProperty('requestedAt');
    }
    // Also by a save.
    const saved = await create();
    await ask(saved.id, casey);
    await put(`/layouts/${saved.id}`, { ...content, grants: [{ to: 'department:sales', may: 'view' }] }, alex, { 'if-match': '"1"' });
    expect(await waiting(saved.id)).toEqual([]);
  });

  it('tells nobody whether there is such a layout, nor that they were declined', async () => {
    const layout = await create();
    const seen = async (id: string) => {
      const answered = await get(`/layouts/${id}`, casey);
      return [answered.status, ((await answered.json()) as { requestedAt?: string }).requestedAt];
    };
    for (const id of [layout.id, '00000000-none']) {
      expect(await seen(id)).toEqual([404, undefined]);
      const asked = await ask(id, casey);
      expect(asked.status).toBe(202);
      const { requestedAt } = (await asked.json()) as { requestedAt: string };
      expect(requestedAt).toEqual(expect.any(String));
      // Over a reload; nobody else's.
      expect(await seen(id)).toEqual([404, requestedAt]);
      expect(await (await get(`/layouts/${id}`, robin)).json()).not.toHaveProperty('requestedAt');
    }
    const [request] = (await requests()).filter(({ layout: id }) => id === layout.id);
    expect((await answer(request?.id ?? '', 'decline')).status).toBe(204);
    for (const id of [layout.id, '00000000-none']) {
      const again = (await (await ask(id, casey)).json()) as { requestedAt: string };
      expect(await seen(id)).toEqual([404, again.requestedAt]);
    }
    expect((await requests()).filter(({ layout: id }) => id === layout.id)).toEqual([]);
  });

  it('waits while the layout is in the bin', async () => {
    const layout = await create();
    expect((await api.call(`/api/v1/layouts/${layout.id}`, { as: alex, method: 'DELETE' })).status).toBe(204);
    await ask(layout.id, casey);
    expect((await requests()).filter(({ layout: id }) => id === layout.id)).toEqual([]);
    expect((await post(`/layouts/${layout.id}/restore`, undefined, alex)).status).toBe(200);
    expect((await requests()).filter(({ layout: id }) => id === layout.id)).toMatchObject([{ by: 'user:casey' }]);
  });

  it('brings requests for what the set-up made to administrators', async () => {
    const layout = await create({}, setUp);
    await using heard = await openStreamReader(api, dana, null);
    await ask(layout.id, casey);
    await heard.takeUntil(({ type }) => type === 'access-requests.changed');
    const [request] = (await requests(dana)).filter(({ layout: id }) => id === layout.id);
    expect(await code(await answer(request?.id ?? '', 'view', alex))).toEqual([404, 'access_request_unknown']);
    expect((await answer(request?.id ?? '', 'view', dana)).status).toBe(204);
    expect((await get(`/layouts/${layout.id}`, casey)).status).toBe(200);
  });

  it('lets a person wait for twenty answers, and no more', async () => {
    const olga = person('olga', ['viewer'], []);
    for (let number = 0; number < 20; number++) expect((await ask((await create()).id, olga)).status).toBe(202);
    expect(await code(await ask((await create()).id, olga))).toEqual([409, 'access_requests_waiting']);
  });
});
