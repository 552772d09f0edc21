/** What the library lists, by whose it is, by the words of its title and in which order, over HTTP. */
import type { Layout, LayoutContentInput, LayoutSummary, LayoutTitles } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const dana = person('dana', ['admin'], ['sales']);
const content = (title: string, more: Partial<LayoutContentInput> = {}): LayoutContentInput => ({
  title,
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@^1' } },
  ...more,
});

describe.each(stores())('the library on $name', ({ open }) => {
  let api: TestApi;
  const made = new Map<string, string>();
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    const create = async (as: Caller, body: LayoutContentInput): Promise<void> => {
      const answer = await api.call('/api/v1/layouts', { as, method: 'POST', body });
      made.set(body.title, ((await answer.json()) as Layout).id);
    };
    await create(casey, content('Morning of Casey'));
    await create(casey, content('Morning for Alex', { grants: [{ to: 'user:alex', may: 'view' }] }));
    await create(alex, content('Evening of Sales', { department: 'sales', visibility: 'department' }));
    await create(dana, content('Morning of all', { visibility: 'company' }));
    await create(alex, content('Morning of Alex'));
  });
  afterAll(() => api.stop());

  const list = async (query: string, as: Caller = alex): Promise<LayoutSummary[]> => {
    const answer = await api.call(`/api/v1/layouts?${query}`, { as });
    return ((await answer.json()) as { items: LayoutSummary[] }).items;
  };
  const titles = async (query: string, as: Caller = alex) => (await list(query, as)).map(({ title }) => title).sort();

  it('has what one may see, by whose it is', async () => {
    expect(await titles('scope=all')).toEqual(['Evening of Sales', 'Morning for Alex', 'Morning of Alex', 'Morning of all']);
    expect(await titles('scope=mine')).toEqual(['Evening of Sales', 'Morning of Alex']);
    expect(await titles('scope=shared')).toEqual(['Morning for Alex']);
    expect(await titles('scope=department')).toEqual(['Evening of Sales']);
    expect(await titles('scope=company')).toEqual(['Morning of all']);
    // An administrator sees every layout, but these two are about what is shared.
    expect(await titles('scope=shared', dana)).toEqual([]);
    expect(await titles('scope=company', dana)).toEqual(['Morning of all']);
  });

  it('finds by parts of words, within what one may see, and says who owns it', async () => {
    expect(await titles('q=mor')).toEqual(['Morning for Alex', 'Morning of Alex', 'Morning of all']);
    expect(await titles('q=alex%20mor&scope=mine')).toEqual(['Morning of Alex']);
    expect(await titles('q=orn%20ale')).toEqual(['Morning for Alex', 'Morning of Alex']);
    expect(await titles('q=ornings')).toEqual([]);
    expect(await titles(`q=${encodeURIComponent('alex + mor?&')}&scope=mine`)).toEqual(['Morning of Alex']);
    expect(await titles('q=alex+mor&scope=mine')).toEqual(['Morning of Alex']);
    expect((await list('q=for'))[0]).toMatchObject({ owner: 'user:casey', ownerName: 'casey', mayEdit: false });
  });

  it('lists by title or by the last change, each page by page with a cursor of its own', async () => {
    const page = async (query: string, limit = 3) => {
      const answer = await api.call(`/api/v1/layouts?limit=${limit}&${query}`, { as: alex });
      return (await answer.json()) as { items: LayoutSummary[]; next: string; code?: string };
    };
    const named = ({ items }: { items: LayoutSummary[] }) => items.map(({ title }) => title);
    const first = await page('sort=title');
    expect(named(first)).toEqual(['Evening of Sales', 'Morning for Alex', 'Morning of Alex']);
    expect(named(await page(`sort=title&cursor=${first.next}`))).toEqual(['Morning of all']);
    const changed = await page('sort=changed');
    expect(named(changed)).toEqual(['Morning of Alex', 'Morning of all', 'Evening of Sales']);
    expect(named(await page(`cursor=${changed.next}`))).toEqual(['Morning for Alex']);
    // In an order of its own, whatever is asked for.
    for (const id of [made.get('Morning of Alex'), made.get('Evening of Sales')])
      await api.call(`/api/v1/layouts/${id}/opened`, { as: alex, method: 'PUT' });
    const recent = await page('scope=recent&sort=title', 1);
    expect(named(recent)).toEqual(named(await page('scope=recent', 1)));
    expect(named(await page(`scope=recent&sort=title&cursor=${recent.next}`))).toHaveLength(1);
    for (const wrong of [`sort=title&cursor=${changed.next}`, `sort=changed&cursor=${first.next}`, `scope=bin&cursor=${first.next}`])
      expect((await page(wrong)).code, wrong).toBe('cursor_invalid');
    expect((await page('sort=owner')).code).toBe('request_invalid');
  });

  it('tells how layouts stand to whoever asks for that, of those that they may see', async () => {
    const ids = [made.get('Morning for Alex'), made.get('Morning of Casey')].map((id) => `id=${id}`).join('&');
    const ask = async (query: string) =>
      ((await (await api.call(`/api/v1/layout-titles?${query}`, { as: alex })).json()) as { items: LayoutTitles[] }).items;
    expect(await ask(`${ids}&include=tree`)).toMatchObject([
      { title: 'Morning for Alex', tree: { type: 'stack', active: 0, panels: ['p1'] } },
    ]);
    expect((await ask(ids))[0]).not.toHaveProperty('tree');
  });
});
