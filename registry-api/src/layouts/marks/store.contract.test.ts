import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { layoutStores } from '../stores';
import type { MarkStore } from './store';

const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();

describe.each(stores())('the store of marks on $name', ({ open }) => {
  let storage: Storage;
  let store: MarkStore;
  beforeEach(async () => {
    storage = await open();
    store = (await layoutStores(storage)).marks;
  });
  afterEach(() => storage.close());
  const put = (layout: string, at: number, user = 'user:alex', most = 3) => store.put('opened', user, { layout, at: minute(at) }, most);
  const layouts = async (user = 'user:alex') => (await store.list('opened', user)).map(({ layout }) => layout);

  it('keeps one of each layout for each person, the newest first', async () => {
    await put('a', 1);
    await put('b', 2);
    await put('a', 3);
    await put('c', 4, 'user:casey');
    await store.put('star', 'user:alex', { layout: 'b', at: minute(5) }, 3);
    expect(await layouts()).toEqual(['a', 'b']);
    expect(await store.list('star', 'user:alex')).toEqual([{ layout: 'b', at: minute(5) }]);
    await Promise.all([put('d', 6), put('d', 6), put('d', 6)]);
    expect(await layouts()).toEqual(['d', 'a', 'b']);
  });

  it('lets the oldest go', async () => {
    for (const [at, layout] of ['a', 'b', 'c', 'd', 'b', 'e'].entries()) await put(layout, at);
    expect(await layouts()).toEqual(['e', 'b', 'd']);
  });

  it('forgets one, and all of a layout that is gone', async () => {
    for (const user of ['user:alex', 'user:casey']) for (const layout of ['a', 'b']) await put(layout, 1, user);
    expect(await store.remove('opened', 'user:alex', 'a')).toBe(true);
    expect(await store.remove('opened', 'user:alex', 'a')).toBe(false);
    expect([await layouts(), (await layouts('user:casey')).sort()]).toEqual([['b'], ['a', 'b']]);
    await store.removeLayout('b');
    expect([await layouts(), await layouts('user:casey')]).toEqual([[], ['a']]);
  });
});
