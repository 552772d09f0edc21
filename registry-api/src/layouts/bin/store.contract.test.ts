import type { LayoutContent } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import {
  type Author,
  type BinnedLayout,
  changedEvent,
  createLayout,
  deletedEvent,
  type LayoutRecord,
  restoredEvent,
  revised,
} from '../layout';
import { type LayoutStores, layoutStores } from '../stores';
import { keptInBin } from './bin';
import { sweepBin } from './sweep';

const alex: Author = { user: 'user:alex', name: 'Alex Lin' };
const dana: Author = { user: 'user:dana', name: 'Dana' };
const content = (title: string): LayoutContent => ({
  title,
  department: 'sales',
  visibility: 'department',
  grants: [{ to: 'user:casey', may: 'view' }],
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'notes@stable' } },
  defaultChannel: null,
  filters: [],
});
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();

describe.each(stores())('the bin on $name', ({ open }) => {
  let storage: Storage;
  let store: LayoutStores;
  beforeEach(async () => {
    storage = await open();
    store = await layoutStores(storage);
  });
  afterEach(() => storage.close());

  async function created(title: string, at = minute(0), author = alex): Promise<LayoutRecord> {
    const layout = createLayout(content(title), author, at);
    await store.layouts.create(layout, []);
    return layout;
  }
  async function binned(layout: LayoutRecord, at: string): Promise<BinnedLayout> {
    const bin = { at, by: dana.user, byName: dana.name };
    expect(await store.layouts.bin(layout, bin, [])).toBe('binned');
    return { ...layout, bin };
  }
  const everywhere = async ({ head }: LayoutRecord): Promise<number> => {
    const ask = (more: object) => store.layouts.list({ readers: null, after: null, limit: 10, ...more });
    const lists = await Promise.all([
      ask({}),
      ask({ readers: ['user:casey', 'department:sales'] }),
      ask({ owner: alex.user }),
      ask({ departments: ['sales'] }),
      ask({ words: searchWords(head.title) }),
      ask({ ids: [head.id] }),
    ]);
    const using = (await store.layouts.using(['notes'])).get('notes') ?? 0;
    return lists.filter((heads) => heads.some(({ id }) => id === head.id)).length + using;
  };

  it('holds a layout apart from all that looks for one, and gives it back as it was', async () => {
    const first = await created('Morning');
    await store.layouts.save(first, revised(content('Evening'), first.head, alex, minute(1), undefined), []);
    const current = (await store.layouts.find(first.head.id)) as LayoutRecord;
    await store.layouts.nameRevision(first.head.id, 1, 'As agreed', []);
    expect(await everywhere(current)).toBe(7);

    const gone = await binned(current, minute(2));
    expect(await everywhere(current)).toBe(0);
    expect(await store.layouts.find(first.head.id)).toBeUndefined();
    expect(await store.layouts.findBinned(first.head.id)).toEqual(gone);
    expect(await store.layouts.save(current, revised(content('Late'), current.head, alex, minute(3), undefined), [])).toBe('stale');
    expect(await store.layouts.setPins(current, [{ department: 'sales', at: minute(3) }])).toBe('stale');
    expect(await store.layouts.nameRevision(first.head.id, 1, 'Late', [])).toBe('unknown');
    expect(await store.layouts.bin(current, gone.bin, [])).toBe('stale');

    expect(await store.layouts.restore(gone, [])).toBe('restored');
    expect(await everywhere(current)).toBe(7);
    expect(await store.layouts.find(first.head.id)).toEqual(current);
    expect(await store.layouts.revision(first.head.id, 1)).toMatchObject({ head: { title: 'Morning' } });
    expect(await store.layouts.revisionNames(first.head.id)).toEqual(new Map([[1, 'As agreed']]));
    expect(await store.layouts.findBinned(first.head.id)).toBeUndefined();
  });

  it('lets one of several win, whatever each of them wants', async () => {
    const layout = await created('Morning');
    const bins = await Promise.all([1, 2, 3].map((n) => store.layouts.bin(layout, { at: minute(n), by: dana.user, byName: '' }, [])));
    expect(bins.filter((outcome) => outcome === 'binned')).toHaveLength(1);
    const there = (await store.layouts.findBinned(layout.head.id)) as BinnedLayout;
    const outcomes = await Promise.all([
      store.layouts.restore(there, []),
      store.layouts.remove(there, []),
      store.layouts.restore(there, []),
    ]);
    expect(outcomes.filter((outcome) => outcome !== 'stale')).toHaveLength(1);
    // Restored and deleted again in between: the older mark means nothing any more.
    const other = await created('Evening');
    const before = await binned(other, minute(1));
    await store.layouts.restore(before, []);
    await binned(other, minute(2));
    expect(await store.layouts.remove(before, [])).toBe('stale');
    expect(await store.layouts.restore(before, [])).toBe('stale');
  });

  it('lists what is in it for its owner, the last one first, page by page', async () => {
    const layouts = await Promise.all(['a', 'b', 'c'].map((title) => created(title)));
    for (const [index, layout] of layouts.entries()) await binned(layout, minute(1 + Math.min(index, 1)));
    await binned(await created('of Dana', minute(0), dana), minute(9));
    const [a, ...same] = layouts.map(({ head }) => head.id) as [string, ...string[]];
    const order = [...same.sort().reverse(), a];
    const ids: string[] = [];
    for (let after: { updatedAt: string; id: string } | null = null; ; ) {
      const [one] = await store.layouts.listBinned({ owners: [alex.user], after, limit: 1 });
      if (!one) break;
      ids.push(one.head.id);
      after = { updatedAt: one.bin.at, id: one.head.id };
    }
    expect(ids).toEqual(order);
    const both = await store.layouts.listBinned({ owners: [alex.user, dana.user], after: null, limit: 2 });
    expect(both.map(({ head }) => head.title)[0]).toBe('of Dana');
  });

  it('is emptied of what has been there for its days, and of nothing else', async () => {
    const [old, young] = [await created('old'), await created('young')];
    await store.personal.putOverlay(old.head.id, alex.user, { panels: {} });
    await store.marks.put('star', alex.user, { layout: old.head.id, at: minute(0) }, 10);
    await binned(old, minute(0));
    await binned(young, minute(1));
    const at = (after: number) => () => Date.parse(minute(0)) + keptInBin + after;
    expect(await sweepBin(store, at(0))).toBe(0);
    expect(await sweepBin(store, at(1))).toBe(1);
    expect(await store.layouts.findBinned(old.head.id)).toBeUndefined();
    expect(await store.layouts.findBinned(young.head.id)).toBeDefined();
    expect(await store.personal.overlay(old.head.id, alex.user)).toBeUndefined();
    expect(await store.marks.list('star', alex.user)).toEqual([]);
    // What was swept is told and noted.
    const waiting = (await store.layouts.pending(10)).flatMap(({ items }) => items);
    expect(waiting.map((item) => ('record' in item ? item.record.action : item.data['deleted']))).toEqual([true, 'layout.delete']);
  });

  it('tells of going and coming back in the same write', async () => {
    const layout = await created('Morning');
    const events = [deletedEvent(layout.head, alex.user, minute(1)), restoredEvent(layout.head, alex.user, minute(2))] as const;
    const bin = { at: minute(1), by: alex.user, byName: alex.name };
    await store.layouts.bin(layout, bin, [events[0]]);
    await store.layouts.restore({ ...layout, bin }, [events[1]]);
    const waiting = await store.layouts.pending(10);
    expect(waiting.flatMap(({ items }) => items)).toEqual(events);
    // What is told and cleared takes nothing with it that is only in the bin.
    await store.layouts.bin(layout, bin, [changedEvent(layout.head)]);
    for (const { key, items } of await store.layouts.pending(10))
      await store.layouts.clear(
        key,
        items.map(({ id }) => id),
      );
    expect(await store.layouts.findBinned(layout.head.id)).toBeDefined();
  });
});
