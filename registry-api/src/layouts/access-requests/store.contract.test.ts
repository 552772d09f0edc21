import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryAbout } from '../../audit/audit';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { layoutStores } from '../stores';
import type { AccessRequestRecord, AccessRequestStore } from './store';

const request = (id: string, more: Partial<AccessRequestRecord> = {}): AccessRequestRecord => ({
  id,
  layout: 'layout-1',
  owner: 'user:alex',
  by: `user:${id}`,
  name: id,
  may: 'view',
  at: `2026-01-01T00:00:${id.padStart(2, '0')}.000Z`,
  until: 1000,
  ...more,
});
const limits = { most: 3, now: 0 };
const entry = (action: string) =>
  entryAbout({ actor: 'user:casey', from: null, requestId: 'r' }, '2026-01-01T00:00:00.000Z', action, 'layout:layout-1');

describe.each(stores())('the store of requests for access on $name', ({ open }) => {
  let storage: Storage;
  let store: AccessRequestStore;
  beforeEach(async () => {
    storage = await open();
    store = (await layoutStores(storage)).accessRequests;
  });
  afterEach(() => storage.close());

  const forAlex = async (now = 0) => (await store.forOwner('user:alex', now, 10)).map(({ id }) => id);

  it('gives the owner what waits, the oldest first, as it was asked', async () => {
    const first = request('1', { note: 'for the desk call' });
    await store.ask(request('2'), limits, []);
    await store.ask(first, limits, []);
    await store.ask(request('3', { owner: 'user:pat', layout: 'layout-2' }), limits, []);
    expect(await forAlex()).toEqual(['1', '2']);
    expect(await store.find('1', 0)).toEqual(first);
    expect((await store.forOwner('user:alex', 0, 1)).map(({ id }) => id)).toEqual(['1']);
  });

  it('keeps one of each person for a layout, also where they ask twice at once', async () => {
    const again = { by: 'user:casey', may: 'edit' } as const;
    expect(await Promise.all([1, 2, 3].map((n) => store.ask(request(String(n), again), limits, [])))).toEqual(['asked', 'asked', 'asked']);
    expect(await forAlex()).toHaveLength(1);
    expect(await store.waiting('user:casey', 0)).toBe(1);
    await store.ask(request('9', { by: 'user:casey', layout: 'layout-2' }), limits, []);
    expect(await store.waiting('user:casey', 0)).toBe(2);
  });

  it('lets the oldest of a layout make room', async () => {
    for (const id of ['1', '2', '3', '4', '5']) await store.ask(request(id), limits, []);
    await store.ask(request('6', { layout: 'layout-2' }), limits, []);
    expect(await forAlex()).toEqual(['3', '4', '5', '6']);
  });

  it('is over at its end, and after an answer, which one of several gives', async () => {
    await store.ask(request('1'), limits, []);
    expect(await forAlex(999)).toEqual(['1']);
    expect(await forAlex(1000)).toEqual([]);
    expect(await store.find('1', 1000)).toBeUndefined();
    const answers = await Promise.all([store.close('1', 'granted', 500, []), store.close('1', 'declined', 500, [])]);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.find('1', 0)).toBeUndefined();
    expect(await store.waiting('user:1', 0)).toBe(0);
  });

  it('does not let somebody who was declined ask again for a while', async () => {
    await store.ask(request('1', { by: 'user:casey' }), limits, []);
    await store.close('1', 'declined', 2000, []);
    expect(await store.ask(request('2', { by: 'user:casey', until: 3000 }), { most: 3, now: 1999 }, [])).toBe('refused');
    expect(await store.ask(request('2', { by: 'user:casey', until: 3000 }), { most: 3, now: 2000 }, [])).toBe('asked');
    expect(await forAlex(2000)).toEqual(['2']);
    await store.close('2', 'granted', 2500, []);
    expect(await store.ask(request('3', { by: 'user:casey', until: 3000 }), { most: 3, now: 2100 }, [])).toBe('asked');
  });

  it('says since when somebody asks, alike of what waits and of what was declined, until that is over', async () => {
    const [first, again] = ['2026-01-01T00:00:01.000Z', '2026-01-02T00:00:00.000Z'];
    const askedAt = (now = 0) => store.askedAt('layout-1', 'user:casey', now);
    expect(await askedAt()).toBeUndefined();
    await store.ask(request('1', { by: 'user:casey' }), limits, []);
    expect([await askedAt(), await askedAt(1000)]).toEqual([first, undefined]);
    expect(await store.askedAt('layout-2', 'user:casey', 0)).toBeUndefined();
    await store.close('1', 'declined', 2000, []);
    expect(await askedAt()).toBe(first);
    expect(await store.ask(request('2', { by: 'user:casey', at: again }), limits, [])).toBe('refused');
    expect([await askedAt(1999), await askedAt(2000)]).toEqual([again, undefined]);
    await store.ask(request('3', { by: 'user:casey', until: 3000 }), { most: 3, now: 2000 }, []);
    await store.close('3', 'granted', 4000, []);
    expect(await askedAt(2000)).toBeUndefined();
  });

  it('gives what waits for one layout', async () => {
    for (const id of ['1', '2', '3']) await store.ask(request(id), limits, []);
    await store.ask(request('4', { layout: 'layout-2' }), limits, []);
    await store.close('2', 'declined', 500, []);
    expect((await store.ofLayout('layout-1', 0)).map(({ id }) => id).sort()).toEqual(['1', '3']);
    expect(await store.ofLayout('layout-1', 1000)).toEqual([]);
  });

  it('keeps what waits for the relay until it is cleared', async () => {
    const [asked, answered] = [entry('access.ask'), entry('access.answer')];
    await store.ask(request('1'), limits, [asked]);
    await store.close('1', 'granted', 500, [answered]);
    await store.ask(request('2', { until: 9000 }), { most: 3, now: 5000 }, []);
    const waiting = await store.pending(10);
    expect(waiting.flatMap(({ items }) => items)).toEqual([asked, answered]);
    await store.clear(waiting[0]?.key ?? '', [asked.id, answered.id]);
    expect(await store.pending(10)).toEqual([]);
  });
});
