/** Duplicates that a real MongoDB answers to racing writers now and then; the first one here is made, so that it happens every time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { type LayoutStores, layoutStores } from './stores';

const duplicate = () => Promise.reject(Object.assign(new Error('E11000 duplicate key error'), { code: 11000 })) as never;

const mongo = stores().find(({ name }) => name === 'mongo');

describe.skipIf(!mongo)('racing writers on mongo', () => {
  let storage: Storage;
  let store: LayoutStores;
  beforeEach(async () => {
    if (!mongo) throw new Error('this suite is about MongoDB');
    storage = await mongo.open();
    store = await layoutStores(storage);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await storage.close();
  });
  const model = (name: string) => {
    if (storage.kind !== 'mongo') throw new Error('this suite is about MongoDB');
    return storage.connection.model(name);
  };

  it('keeps the second of two first overlays', async () => {
    await store.personal.putOverlay('one', 'user:casey', { panels: { p1: { settings: { a: 1 } } } });
    const failing = vi.spyOn(model('LayoutPersonal'), 'updateOne').mockImplementationOnce(duplicate);
    await store.personal.putOverlay('one', 'user:casey', { panels: { p1: { settings: { a: 2 } } } });
    expect(failing).toHaveBeenCalledTimes(2);
    expect(await store.personal.overlay('one', 'user:casey')).toEqual({ panels: { p1: { settings: { a: 2 } } } });
  });

  it('renames a department that somebody else created in between', async () => {
    await store.departments.put('sales', 'Theirs', []);
    vi.spyOn(model('Department'), 'updateOne').mockResolvedValueOnce({ matchedCount: 0 } as never);
    expect(await store.departments.put('sales', 'Ours', [])).toEqual({ id: 'sales', title: 'Ours', home: null, pins: [] });
  });

  it('passes on what is no duplicate', async () => {
    vi.spyOn(model('LayoutPersonal'), 'updateOne').mockImplementationOnce(() => Promise.reject(new Error('not primary')) as never);
    await expect(store.personal.putOverlay('one', 'user:casey', { panels: {} })).rejects.toThrow('not primary');
  });
});
