/** Several layouts pinned by one department, over HTTP: their order, their home, and what others do at the same moment. */
import type { Layout, LayoutContentInput, Pin, Problem } from '@datamesh/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../http/caller';
import { person, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const dana = person('dana', ['admin'], []);
const setUp: Caller = { kind: 'bootstrap' };

describe.each(stores())('pins over HTTP on $name', ({ open }) => {
  let api: TestApi;
  /** A department for each test, which nobody has pinned anything in. */
  beforeEach(async () => {
    api = await startTestApi(open);
    expect((await put('/departments/sales', { title: 'Sales' }, setUp)).status).toBe(200);
    return () => api.stop();
  });

  const get = (path: string, as: Caller) => api.call(`/api/v1${path}`, { as });
  const put = (path: string, body: unknown, as: Caller) => api.call(`/api/v1${path}`, { as, method: 'PUT', body });
  const del = (path: string, as: Caller) => api.call(`/api/v1${path}`, { as, method: 'DELETE' });
  const answered = async <T>(answer: Response): Promise<T> => {
    if (!answer.ok) throw new Error(`got ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const code = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
  const create = async (title: string): Promise<Layout> => {
    const body: LayoutContentInput = {
      title,
      department: 'sales',
      visibility: 'department',
      tree: { type: 'stack', active: 0, panels: [] },
      panels: {},
    };
    return answered<Layout>(await api.call('/api/v1/layouts', { as: alex, method: 'POST', body }));
  };

  it('pins several, in an order, one of them the home', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((title) => create(title)));
    const [a = '', b = '', c = ''] = made.map(({ id }) => id);
    const titles = async (): Promise<string> => {
      const { layout, department, pinned } = await answered<Pin>(await get('/pins/sales', casey));
      expect([department.layout, department.layouts]).toEqual([layout, pinned.map((one) => one.layout)]);
      return pinned.map((one) => `${one.title}${one.layout === layout ? '*' : ''}`).join(' ');
    };
    for (const id of [a, b, c]) expect((await put(`/pins/sales/${id}`, {}, alex)).status).toBe(200);
    expect(await titles()).toBe('a* b c');
    await answered(await put(`/pins/sales/${c}`, { before: a }, alex));
    expect(await titles()).toBe('c a* b');
    await answered(await put(`/pins/sales/${c}`, { home: true }, dana));
    expect(await titles()).toBe('c* a b');
    await answered(await put(`/pins/sales/${c}`, { before: null }, dana));
    expect(await titles()).toBe('a b c*');
    expect((await answered<Pin>(await get(`/pins/sales?layout=${b}&include=layout`, casey))).answer?.layout.title).toBe('b');
    expect((await del(`/pins/sales/${c}`, alex)).status).toBe(204);
    expect(await titles()).toBe('a* b');
    expect(await code(await del(`/pins/sales/${c}`, alex))).toEqual([404, 'layout_not_pinned']);
    expect(await code(await get(`/pins/sales?layout=${c}`, casey))).toEqual([404, 'layout_not_pinned']);
    expect(await code(await put(`/pins/sales/${a}`, { before: c }, alex))).toEqual([422, 'layout_not_pinned']);
    expect(await code(await put(`/pins/sales/${a}`, {}, casey))).toEqual([403, 'pin_not_allowed']);
    expect(await code(await del(`/pins/sales/${a}`, casey))).toEqual([403, 'pin_not_allowed']);
    // Every one of them is held, the one that is pinned no more is not.
    expect(await code(await del(`/layouts/${b}`, alex))).toEqual([409, 'layout_pinned']);
    expect((await del(`/layouts/${c}`, alex)).status).toBe(204);
    for (const id of [a, b]) expect((await del(`/pins/sales/${id}`, alex)).status).toBe(204);
    expect(await code(await get('/pins/sales', casey))).toEqual([404, 'pin_unknown']);
  });

  it('keeps what several people pin at once, nine at most', async () => {
    const made = await Promise.all([...'abcdefghij'].map((title) => create(title)));
    const answers = await Promise.all(made.map(({ id }, at) => put(`/pins/sales/${id}`, {}, at % 2 === 0 ? alex : dana)));
    const pinned = made.filter((_, at) => answers[at]?.status === 200).map(({ id }) => id);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(['pins_full', 'pin_busy']).toContain((await code(answer))[1]);
    for (const { id } of made.filter(({ id }) => !pinned.includes(id))) {
      const again = await put(`/pins/sales/${id}`, {}, alex);
      if (again.status === 200) pinned.push(id);
      else expect(await code(again)).toEqual([422, 'pins_full']);
    }
    expect(pinned).toHaveLength(9);
    expect((await answered<Pin>(await get('/pins/sales', casey))).department.layouts.toSorted()).toEqual(pinned.toSorted());
  });
});
