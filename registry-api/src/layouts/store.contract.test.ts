import { randomUUID } from 'node:crypto';
import type { LayoutContent } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import { overlaid } from '@datamesh/layout';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateMongo } from '../storage/mongo/schema';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { type Pins, pinnedEvent } from './departments/department';
import {
  type Author,
  type BinnedLayout,
  changedEvent,
  createLayout,
  deletedEvent,
  type LayoutHead,
  type LayoutRecord,
  revised,
} from './layout';
import { titleKey } from './search-words';
import { maxRevisionNames, type TitlePosition } from './store';
import { layoutsSchema } from './store.sqlite.schema';
import { type LayoutStores, layoutStores } from './stores';

const alex: Author = { user: 'user:alex', name: 'Alex Lin' };
const content = (title: string, more: Partial<LayoutContent> = {}): LayoutContent => ({
  title,
  department: null,
  visibility: 'private',
  grants: [],
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'notes@stable', settings: { 'a.b': { $set: 1 }, text: 'ü' } } },
  defaultChannel: 'blue',
  filters: [],
  ...more,
});
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();

describe.each(stores())('layout stores on $name', ({ open }) => {
  let storage: Storage;
  let store: LayoutStores;
  beforeEach(async () => {
    storage = await open();
    store = await layoutStores(storage);
  });
  afterEach(() => storage.close());

  async function created(title: string, more: Partial<LayoutContent> = {}, at = minute(0), author = alex): Promise<LayoutRecord> {
    const layout = createLayout(content(title, more), author, at);
    await store.layouts.create(layout, [changedEvent(layout.head)]);
    return layout;
  }
  async function save(from: LayoutRecord, title: string, at = minute(1)): Promise<'saved' | 'stale'> {
    const next = revised(content(title), from.head, alex, at, undefined);
    return store.layouts.save(from, next, [changedEvent(next.head, from.head)]);
  }

  async function binned(layout: LayoutRecord, at = minute(3)): Promise<BinnedLayout> {
    const bin = { at, by: alex.user, byName: alex.name };
    expect(await store.layouts.bin(layout, bin, [])).toBe('binned');
    return { ...layout, bin };
  }

  it('gives back what was put in, whatever the keys of its settings are', async () => {
    const layout = await created('Morning');
    expect(await store.layouts.find(layout.head.id)).toEqual(layout);
    expect(await store.layouts.find(randomUUID())).toBeUndefined();
  });

  it('lets exactly one of many racing saves win and keeps every former revision', async () => {
    const first = await created('Morning');
    const { id } = first.head;
    for (let round = 1; round <= 3; round++) {
      const current = await store.layouts.find(id);
      if (!current) throw new Error('the layout is gone');
      const results = await Promise.all(Array.from({ length: 12 }, (_, i) => save(current, `${round} by ${i}`, minute(round))));
      expect(results.filter((result) => result === 'saved')).toHaveLength(1);
      const winner = results.indexOf('saved');
      expect((await store.layouts.find(id))?.head).toMatchObject({ title: `${round} by ${winner}`, revision: round + 1 });
    }
    const former = await store.layouts.revisions(id, null, 10);
    expect(former.map(({ revision }) => revision)).toEqual([3, 2, 1]);
    expect((await store.layouts.revisions(id, 3, 1)).map(({ revision }) => revision)).toEqual([2]);
    expect(await store.layouts.revision(id, 1)).toEqual({ head: first.head, body: first.body });
    expect((await store.layouts.pending(10)).flatMap(({ items }) => items)).toHaveLength(4);
  });

  it('keeps nothing of a layout that was deleted, but the event about it', async () => {
    const layout = await created('Morning');
    await save(layout, 'Later');
    const current = await store.layouts.find(layout.head.id);
    if (!current) throw new Error('the layout is gone');
    const event = deletedEvent(current.head, alex.user, minute(2));
    await binned(current);
    const bin = { at: minute(3), by: alex.user, byName: alex.name };
    expect(await store.layouts.remove({ ...current, bin: { ...bin, at: minute(4) } }, [event])).toBe('stale');
    expect(await store.layouts.remove({ ...current, bin }, [event])).toBe('removed');
    expect(await store.layouts.remove({ ...current, bin }, [event])).toBe('stale');
    expect(await store.layouts.findBinned(layout.head.id)).toBeUndefined();
    expect(await store.layouts.find(layout.head.id)).toBeUndefined();
    expect(await save(current, 'Too late')).toBe('stale');
    expect(await store.layouts.revisions(layout.head.id, null, 10)).toEqual([]);
    expect(await store.layouts.revision(layout.head.id, 1)).toBeUndefined();
    expect(await store.layouts.list({ readers: null, after: null, limit: 10 })).toEqual([]);
    const [waiting] = await store.layouts.pending(10);
    expect(waiting?.items.at(-1)).toEqual(event);
    await store.layouts.clear(layout.head.id, waiting?.items.map(({ id }) => id) ?? []);
    expect(await store.layouts.pending(10)).toEqual([]);
  });

  it('clears the events that were copied, and no later one', async () => {
    const layout = await created('Morning');
    const [before] = await store.layouts.pending(10);
    await save(layout, 'Later');
    await store.layouts.clear(layout.head.id, before?.items.map(({ id }) => id) ?? []);
    const [after] = await store.layouts.pending(10);
    expect(after?.items.map((item) => 'data' in item && item.data['revision'])).toEqual([2]);
  });

  it('lists what a reader may see, newest first, page by page', async () => {
    const mine = await created('mine', {}, minute(1));
    const granted = await created('granted', { grants: [{ to: 'user:casey', may: 'view' }] }, minute(2));
    const sales = await created('sales', { department: 'sales', visibility: 'department' }, minute(3));
    const company = await created('company', { visibility: 'company' }, minute(3), { user: 'user:dana', name: 'Dana' });
    const titles = async (readers: string[] | null, more: object = {}): Promise<string[]> =>
      (await store.layouts.list({ readers, after: null, limit: 10, ...more })).map(({ title }) => title).sort();
    expect(await titles(null)).toEqual(['company', 'granted', 'mine', 'sales']);
    expect(await titles(['user:casey', 'company', 'department:operations'])).toEqual(['company', 'granted']);
    expect(await titles(['user:casey', 'company', 'department:sales'])).toEqual(['company', 'granted', 'sales']);
    expect(await titles(['user:alex'], { owner: 'user:alex' })).toEqual(['granted', 'mine', 'sales']);
    expect(await titles(null, { departments: ['sales'] })).toEqual(['sales']);
    const paged: string[] = [];
    for (let after: { updatedAt: string; id: string } | null = null; ; ) {
      const [head] = await store.layouts.list({ readers: null, after, limit: 1 });
      if (!head) break;
      paged.push(head.id);
      after = { updatedAt: head.updatedAt, id: head.id };
    }
    const last = [sales.head.id, company.head.id].sort().reverse();
    expect(paged).toEqual([...last, granted.head.id, mine.head.id]);
  });

  it('lists by title as a person reads it, page by page, whichever index leads', async () => {
    const shared = { department: 'sales', visibility: 'department' as const };
    for (const [at, title] of ['Zebra', 'äpfel', 'Apfelmus', 'Émile', '…', '市場'].entries()) await created(title, shared, minute(at));
    const same = [await created('zebra', shared, minute(8)), await created('Zebra!', shared, minute(9))];
    const paged = async (more: object): Promise<LayoutHead[]> => {
      const found: LayoutHead[] = [];
      for (let after: TitlePosition | null = null; ; ) {
        const page: LayoutHead[] = await store.layouts.list({ readers: null, sort: 'title', after, limit: 2, ...more });
        found.push(...page);
        const last = page.at(-1);
        if (!last) return found;
        after = { title: titleKey(last.title), id: last.id };
      }
    };
    for (const more of [{}, { owner: 'user:alex' }, { departments: ['sales', 'risk'] }, { readers: ['user:alex', 'department:sales'] }]) {
      const found = await paged(more);
      const folded = ['', 'apfel', 'apfelmus', 'emile', 'zebra', 'zebra', 'zebra', '市場'];
      expect(
        found.map(({ title }) => titleKey(title)),
        JSON.stringify(more),
      ).toEqual(folded);
      const zebras = found.slice(4, 7).map(({ id }) => id);
      expect(zebras).toEqual([...zebras].sort());
    }
    expect((await paged({ words: ['fel'] })).map(({ title }) => title)).toEqual(['äpfel', 'Apfelmus']);
    expect((await paged({ ids: same.map(({ head }) => head.id) })).map(({ id }) => id)).toEqual(same.map(({ head }) => head.id).sort());
    const [first] = same;
    if (first) await save(first, 'Ahorn');
    expect((await paged({})).map(({ title }) => title).slice(0, 3)).toEqual(['…', 'Ahorn', 'äpfel']);
  });

  it('takes a layout from those whom a save takes it from', async () => {
    const layout = await created('sales', { department: 'sales', visibility: 'department' });
    const next = revised(content('sales'), layout.head, alex, minute(1), undefined);
    const event = changedEvent(next.head, layout.head);
    await store.layouts.save(layout, next, [event]);
    expect(await store.layouts.list({ readers: ['department:sales'], after: null, limit: 10 })).toEqual([]);
    expect(event.audience).toEqual({ kind: 'users', users: ['alex'], departments: ['sales'] });
  });

  it('counts the layouts that use a widget', async () => {
    const one = await created('one');
    await created('two', { panels: { p1: { widget: 'notes@latest' }, p2: { widget: 'usage@stable' }, p3: { widget: 'usage@1.0.0' } } });
    expect(await store.layouts.using(['notes', 'usage', 'series-chart'])).toEqual(
      new Map([
        ['notes', 2],
        ['usage', 1],
      ]),
    );
    const next = revised(content('one', { panels: {} }), one.head, alex, minute(1), undefined);
    await store.layouts.save(one, next, [changedEvent(next.head)]);
    expect((await store.layouts.using(['notes'])).get('notes')).toBe(1);
  });

  it('counts the copies of each layout, but those in the bin', async () => {
    const [one, two, three] = [await created('one'), await created('two'), await created('three')];
    const copy = async (of: LayoutRecord): Promise<LayoutRecord> => {
      const made = createLayout(content('copy'), alex, minute(1), { forkedFrom: { layout: of.head.id, revision: of.head.revision } });
      await store.layouts.create(made, []);
      return made;
    };
    const [kept, deleted, removed] = [await copy(one), await copy(one), await copy(one)];
    await copy(two);
    const count = async () => {
      const counts = await store.layouts.copies([one, two, three].map(({ head }) => head.id));
      return [one, two, three].map(({ head }) => counts.get(head.id));
    };
    expect(await count()).toEqual([3, 1, undefined]);
    // A pull moves the revision that a copy took in, and leaves it a copy.
    const pulled = revised(content('copy'), { ...kept.head, forkedFrom: { layout: one.head.id, revision: 2 } }, alex, minute(2), undefined);
    expect(await store.layouts.save(kept, pulled, [])).toBe('saved');
    const inBin = await binned(deleted);
    expect(await store.layouts.remove(await binned(removed), [])).toBe('removed');
    expect(await count()).toEqual([1, 1, undefined]);
    expect(await store.layouts.restore(inBin, [])).toBe('restored');
    expect(await count()).toEqual([2, 1, undefined]);
    expect(await store.layouts.copies([])).toEqual(new Map());
  });

  it('keeps names of revisions with their layout, as many as help anybody', async () => {
    const { head } = await created('Morning');
    const name = (revision: number, given: string | null) => store.layouts.nameRevision(head.id, revision, given, []);
    for (let revision = 1; revision <= maxRevisionNames; revision++) expect(await name(revision, `No ${revision}`)).toBe('named');
    expect(await name(maxRevisionNames + 1, 'One more')).toBe('full');
    expect(await name(1, 'Another')).toBe('named');
    expect(await name(2, null)).toBe('named');
    expect(await name(maxRevisionNames + 1, 'One more')).toBe('named');
    const names = await store.layouts.revisionNames(head.id);
    expect([names.size, names.get(1), names.get(2)]).toEqual([maxRevisionNames, 'Another', undefined]);
    expect(await store.layouts.nameRevision(randomUUID(), 1, 'Nobody', [])).toBe('unknown');
    const current = await store.layouts.find(head.id);
    if (current) await store.layouts.remove(await binned(current), []);
    expect(await store.layouts.revisionNames(head.id)).toEqual(new Map());
  });

  it('finds layouts by any part of the words of their titles, as they are called now', async () => {
    const one = await created('Märkte am Morgen', {}, minute(1));
    await created('Morning markets', { visibility: 'company' }, minute(2));
    const find = async (text: string, more = {}) =>
      (await store.layouts.list({ readers: null, words: searchWords(text), after: null, limit: 10, ...more })).map(({ title }) => title);
    expect(await find('mor mar')).toEqual(['Morning markets', 'Märkte am Morgen']);
    expect(await find('marke')).toEqual(['Morning markets']);
    expect(await find('orn')).toEqual(['Morning markets']);
    expect(await find('rke gen')).toEqual([]);
    expect(await find('rkt gen')).toEqual(['Märkte am Morgen']);
    // Not across words, and no letter that is not there.
    expect(await find('ngma')).toEqual([]);
    expect(await find('mornings')).toEqual([]);
    expect(await find('.*')).toEqual(['Morning markets', 'Märkte am Morgen']);
    expect(await find('mor', { readers: ['company'] })).toEqual(['Morning markets']);
    expect(await find('mor', { readers: ['user:alex'], notOwner: 'user:alex' })).toEqual([]);
    await save(one, 'Abend');
    expect(await find('morgen')).toEqual([]);
    expect(await find('aben')).toEqual(['Abend']);
    // A part of a letter is none; a text without spaces is searched as deep as any title is read.
    await created(`𐐀𐐁${'x'.repeat(30)}y${'z'.repeat(60)}`);
    for (const part of ['𐐩x', 'xyz', 'x'.repeat(30)]) expect(await find(part), part).toHaveLength(1);
  });

  it('finds in any way what is deleted, and restored, no less and no more', async () => {
    const layout = await created('Morning');
    const find = async () => (await store.layouts.list({ readers: null, words: ['rnin'], sort: 'title', after: null, limit: 10 })).length;
    const inBin = await binned(layout);
    expect(await find()).toBe(0);
    await store.layouts.restore(inBin, []);
    expect(await find()).toBe(1);
  });

  it('brings over what older versions noted: whole words, and no order of titles', async () => {
    const [later, first, inBin] = [await created('Ündung'), await created('Morning'), await binned(await created('Mülleimer'))];
    if (storage.kind === 'sqlite') {
      const added = layoutsSchema.findIndex((step) => typeof step === 'function' && step.name === 'noteTitles');
      storage.database.exec(`DELETE FROM layout_words; INSERT INTO layout_words SELECT 'morning', id FROM layouts;
        DROP INDEX layouts_title; DROP INDEX layouts_owner_title; DROP INDEX layouts_department_title; DROP INDEX layout_readers_title;
        ALTER TABLE layouts DROP COLUMN title_key; ALTER TABLE layout_readers DROP COLUMN title_key;
        DELETE FROM migrations WHERE room = 'layouts' AND step = ${added}`);
    } else {
      const { connection } = storage;
      await connection.collection('layouts').updateMany({}, { $unset: { titleKey: 1 } });
      await connection.collection('layouts').updateMany({ bin: { $exists: false } }, { $set: { words: ['morning'] } });
      await connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 7 } });
      await Promise.all([migrateMongo(connection), migrateMongo(connection)]);
    }
    store = await layoutStores(storage);
    const list = async (more: object) =>
      (await store.layouts.list({ readers: ['user:alex'], sort: 'title', after: null, limit: 10, ...more })).map(({ id }) => id);
    expect(await list({})).toEqual([first.head.id, later.head.id]);
    expect(await list({ words: ['ndun'] })).toEqual([later.head.id]);
    expect(await list({ words: ['morning'] })).toEqual([first.head.id]);
    await store.layouts.restore(inBin, []);
    expect(await list({ owner: 'user:alex' })).toEqual([first.head.id, inBin.head.id, later.head.id]);
    expect(await list({ words: ['eimer'] })).toEqual([inBin.head.id]);
  });

  it('notes the words of layouts that are older than the search', async () => {
    const old = await created('Morning');
    if (storage.kind === 'sqlite')
      storage.database.exec("DELETE FROM layout_words; DELETE FROM migrations WHERE room = 'layouts' AND step = 15");
    else {
      await storage.connection.collection('layouts').updateMany({}, { $unset: { words: 1 } });
      await storage.connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 2 } });
      await migrateMongo(storage.connection);
    }
    store = await layoutStores(storage);
    const found = await store.layouts.list({ readers: null, words: ['morn'], after: null, limit: 10 });
    expect(found.map(({ id }) => id)).toEqual([old.head.id]);
  });

  it('lets a change of pins stop a save that did not know of it, and the other way round', async () => {
    const layout = await created('company', { visibility: 'company' });
    const pins = [{ department: 'sales', at: minute(1) }];
    expect(await store.layouts.setPins(layout, pins)).toBe('saved');
    expect(await save(layout, 'unaware')).toBe('stale');
    expect(await store.layouts.bin(layout, { at: minute(1), by: alex.user, byName: alex.name }, [])).toBe('stale');
    const pinned = await store.layouts.find(layout.head.id);
    if (!pinned) throw new Error('the layout is gone');
    expect(pinned.pins).toEqual(pins);
    expect(await save(pinned, 'aware')).toBe('saved');
    expect(await store.layouts.setPins(pinned, [])).toBe('stale');
    expect((await store.layouts.find(layout.head.id))?.pins).toEqual(pins);
  });

  it('keeps departments, and lets one of two racing pins win', async () => {
    const titles = await Promise.all(['Sales', 'Sales'].map((title) => store.departments.put('sales', title, [])));
    expect(titles.map(({ title }) => title)).toEqual(['Sales', 'Sales']);
    const none = { home: null, pins: [] };
    const only = (layout: string) => ({ home: layout, pins: [{ layout, by: 'user:dana', at: minute(1) }] });
    const set = (id: string, former: Pins, next: Pins) => store.departments.setPins(id, former, next, [pinnedEvent(id, next, minute(1))]);
    const pins = await Promise.all(['a', 'b', 'c'].map((layout) => set('sales', none, only(layout))));
    expect(pins.filter(Boolean)).toHaveLength(1);
    const winner = ['a', 'b', 'c'][pins.indexOf(true)] ?? '';
    await store.departments.put('sales', 'Sales EMEA', []);
    expect(await store.departments.find('sales')).toEqual({ id: 'sales', title: 'Sales EMEA', ...only(winner) });
    const both = { home: 'd', pins: [...only(winner).pins, ...only('d').pins] };
    expect(await set('sales', only(winner), both)).toBe(true);
    expect(await store.departments.find('sales')).toMatchObject(both);
    // The same layouts in another order, or with another home, are other pins.
    for (const former of [{ ...both, home: winner }, { ...both, pins: both.pins.toReversed() }, none])
      expect(await set('sales', former, none)).toBe(false);
    expect(await set('nowhere', none, only('d'))).toBe(false);
    const [waiting] = await store.departments.pending(10);
    expect(waiting?.items.map((item) => 'data' in item && item.data['layout'])).toEqual([winner, 'd']);
    await store.departments.clear('sales', waiting?.items.map(({ id }) => id) ?? []);
    expect(await store.departments.pending(10)).toEqual([]);
    expect(await store.departments.all()).toHaveLength(1);
  });

  it('loses no setting of many that one person changes at once, and none of an older version', async () => {
    const { personal } = store;
    const set = (settings: Record<string, unknown>) =>
      personal.changeOverlay('one', 'user:casey', async (before) => overlaid(before ?? null, { panels: { p1: { settings } } }, () => true));
    const names = Array.from({ length: 12 }, (_, i) => `s${i}`);
    const race = async (value: number) => {
      const results = await Promise.all(names.map((name) => set({ [name]: value })));
      expect(results.every(Boolean)).toBe(true);
      expect(await personal.overlay('one', 'user:casey')).toEqual({
        panels: { p1: { settings: Object.fromEntries(names.map((name) => [name, value])) } },
      });
    };
    // None there yet, then some.
    await race(1);
    await race(2);
    // An older version marked none of its states.
    if (storage.kind === 'sqlite') storage.database.exec("UPDATE layout_personal SET mark = ''");
    else await storage.connection.collection('layout_personal').updateMany({}, { $unset: { mark: 1 } });
    await race(3);
  });

  it('gives up where others are always faster, and has changed nothing', async () => {
    const { personal } = store;
    let round = 0;
    const late = await personal.changeOverlay('one', 'user:casey', async () => {
      await personal.putOverlay('one', 'user:casey', { panels: { p1: { settings: { round: ++round } } } });
      return { panels: {} };
    });
    expect(late).toBeUndefined();
    expect(await personal.overlay('one', 'user:casey')).toEqual({ panels: { p1: { settings: { round } } } });
  });

  it('lets one of many that write a draft from the same state win, and removes only the state that is meant', async () => {
    const { personal } = store;
    const draft = (title: string) => ({ base: 1, content: content(title), updatedAt: minute(1) });
    let tag: string | null = null as string | null;
    for (let round = 0; round < 3; round++) {
      const before = tag;
      const tags: (string | undefined)[] = await Promise.all(
        Array.from({ length: 8 }, (_, i) => personal.putDraft('one', 'user:alex', draft(`${round} by ${i}`), before)),
      );
      const [won, ...others] = tags.filter((one) => one !== undefined);
      expect(others).toEqual([]);
      const kept = await personal.draft('one', 'user:alex');
      expect([kept?.tag, kept?.content.title]).toEqual([won, `${round} by ${tags.indexOf(won)}`]);
      if (before !== null) expect(await personal.removeDraft('one', 'user:alex', before)).toBe(false);
      tag = won ?? null;
    }
    expect(await personal.removeDraft('one', 'user:alex', tag ?? '')).toBe(true);
    expect(await personal.draft('one', 'user:alex')).toBeUndefined();
    // That there is none is what was wanted; and a tag of before is no tag of what comes.
    expect(await personal.removeDraft('one', 'user:alex', tag ?? '')).toBe(true);
    expect(await personal.putDraft('one', 'user:alex', draft('late'), tag)).toBeUndefined();
    expect(await personal.putDraft('one', 'user:alex', draft('new'), null)).toEqual(expect.any(String));
  });

  it('brings over what a department pinned when there could be one', async () => {
    await store.departments.put('empty', 'Nothing yet', []);
    await store.departments.put('sales', 'Sales', []);
    const pin = { layout: 'morning', by: 'user:dana', at: minute(1) };
    if (storage.kind === 'sqlite') {
      storage.database.exec(`DROP TABLE departments; DELETE FROM migrations WHERE room = 'departments' AND step = 2;
        CREATE TABLE departments (id TEXT PRIMARY KEY, title TEXT NOT NULL, layout TEXT, pinned_by TEXT, pinned_at TEXT) STRICT;
        INSERT INTO departments VALUES ('sales', 'Sales', '${pin.layout}', '${pin.by}', '${pin.at}');
        INSERT INTO departments (id, title) VALUES ('empty', 'Nothing yet')`);
    } else {
      const departments = storage.connection.collection<{ _id: string }>('departments');
      await departments.updateMany({}, { $unset: { home: 1, pins: 1, pinsKey: 1 }, $set: { layout: null } });
      await departments.updateOne({ _id: 'sales' }, { $set: { layout: pin.layout, pinnedBy: pin.by, pinnedAt: pin.at } });
      await storage.connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 5 } });
      await migrateMongo(storage.connection);
    }
    store = await layoutStores(storage);
    const former = { home: 'morning', pins: [pin] };
    expect(await store.departments.find('sales')).toEqual({ id: 'sales', title: 'Sales', ...former });
    expect(await store.departments.find('empty')).toEqual({ id: 'empty', title: 'Nothing yet', home: null, pins: [] });
    const none = { home: null, pins: [] };
    expect(await store.departments.setPins('sales', former, none, [])).toBe(true);
    expect(await store.departments.setPins('empty', none, former, [])).toBe(true);
  });

  it('keeps overlays and drafts of each person apart', async () => {
    const { personal } = store;
    const overlay = { panels: { p1: { settings: { 'a.b': 1 } } } };
    const draft = { base: 1, content: content('draft'), updatedAt: minute(1) };
    await Promise.all([personal.putOverlay('one', 'user:casey', { panels: {} }), personal.putOverlay('one', 'user:casey', { panels: {} })]);
    await personal.putOverlay('one', 'user:casey', overlay);
    await personal.putDraft('one', 'user:casey', draft);
    await personal.putDraft('one', 'user:alex', { ...draft, base: 2 });
    expect(await personal.overlay('one', 'user:casey')).toEqual(overlay);
    expect(await personal.overlay('one', 'user:alex')).toBeUndefined();
    expect(await personal.draft('one', 'user:casey')).toEqual({ ...draft, tag: expect.any(String) });
    await personal.removeOverlay('one', 'user:casey');
    expect(await personal.overlay('one', 'user:casey')).toBeUndefined();
    await personal.removeDraft('one', 'user:casey');
    expect(await personal.draft('one', 'user:casey')).toBeUndefined();
    await personal.removeLayout('one');
    expect(await personal.draft('one', 'user:alex')).toBeUndefined();
  });
});
