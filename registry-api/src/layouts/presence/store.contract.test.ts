import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { layoutStores } from '../stores';
import type { Part, PresenceStore, PresentPage } from './store';

describe.each(stores())('the store of who is where on $name', ({ open }) => {
  let storage: Storage;
  let store: PresenceStore;
  beforeEach(async () => {
    storage = await open();
    store = (await layoutStores(storage)).presence;
  });
  afterEach(() => storage.close());

  const page = (id: string, more: Partial<PresentPage> = {}): PresentPage => ({
    id,
    layout: 'morning',
    user: `user:${id}`,
    part: 'could-edit',
    panel: null,
    at: 1000,
    until: 2000,
    ...more,
  });
  const put = (...args: Parameters<typeof page>) => store.put(page(...args), 3);
  const here = async (layout = 'morning', now = 1500) => (await store.of(layout, now, 10)).map(({ id }) => id);

  it('keeps of each page what it shows last, and tells what that was before', async () => {
    expect(await put('alex')).toBeNull();
    expect(await put('alex', { part: 'edits', panel: 'chart', at: 1100 })).toEqual(page('alex'));
    expect(await store.of('morning', 1500, 10)).toEqual([page('alex', { part: 'edits', panel: 'chart', at: 1100 })]);
    expect(await put('alex', { layout: 'evening' })).toMatchObject({ layout: 'morning', panel: 'chart' });
    expect([await here(), await here('evening')]).toEqual([[], ['alex']]);
  });

  it('has who edits first, then who could, each the last heard of first, and no more than asked for', async () => {
    const all: [string, Part, number][] = [
      ['a', 'looks', 4],
      ['b', 'could-edit', 1],
      ['c', 'edits', 1],
      ['d', 'edits', 2],
      ['e', 'looks', 3],
    ];
    for (const [id, part, at] of all) await put(id, { part, at });
    expect(await here()).toEqual(['d', 'c', 'b', 'a', 'e']);
    expect((await store.of('morning', 1500, 2)).map(({ part }) => part)).toEqual(['edits', 'edits']);
  });

  it('is over for who said nothing more, before they are forgotten and after', async () => {
    await put('alex', { until: 2000 });
    await put('robin', { until: 3000, at: 1001 });
    await put('casey', { layout: 'evening', until: 2500 });
    expect([await here('morning', 1999), await here('morning', 2000)]).toEqual([['robin', 'alex'], ['robin']]);
    expect(await store.forget(2500)).toEqual(['evening', 'morning']);
    expect(await store.forget(2500)).toEqual([]);
    expect([await here(), await here('evening')]).toEqual([['robin'], []]);
  });

  it('lets go of a page only where it is, and once', async () => {
    await put('alex');
    expect(await store.remove('alex', 'evening')).toBe(false);
    expect(await store.remove('alex', 'morning')).toBe(true);
    expect(await store.remove('alex', 'morning')).toBe(false);
    expect(await here()).toEqual([]);
  });

  it('keeps so many pages of one person, those that were heard of last', async () => {
    for (let n = 1; n <= 5; n++) await put(`p${n}`, { user: 'user:alex', at: 1000 + n });
    await put('other', { user: 'user:robin', at: 1 });
    expect((await here()).sort()).toEqual(['other', 'p3', 'p4', 'p5']);
    await put('p3', { user: 'user:alex', at: 2000 });
    await put('p6', { user: 'user:alex', at: 2001 });
    expect((await here()).sort()).toEqual(['other', 'p3', 'p5', 'p6']);
  });

  it('has a page once that comes several times at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => put('alex')));
    expect(await here()).toEqual(['alex']);
  });
});
