import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { openDashboardStore } from './open-store';
import type { OpenDashboardStore, RunningWidget } from './store';

const notes = (version: string): RunningWidget => ({ name: 'notes', version });
const chart: RunningWidget = { name: 'series-chart', version: '3.0.0' };

describe.each(stores())('open dashboards on $name', ({ open }) => {
  let storage: Storage;
  let store: OpenDashboardStore;
  beforeEach(async () => {
    storage = await open();
    store = await openDashboardStore(storage);
  });
  afterEach(() => storage.close());

  it('count by version what runs in them now, not what ran', async () => {
    expect(await store.report({ id: 'a', widgets: [notes('1.0.0'), chart], at: 1000 })).toEqual([]);
    await store.report({ id: 'b', widgets: [notes('1.0.0'), notes('2.0.0')], at: 1000 });
    expect(await store.count('notes', 0)).toEqual([
      { version: '1.0.0', dashboards: 2 },
      { version: '2.0.0', dashboards: 1 },
    ]);
    expect(await store.report({ id: 'a', widgets: [notes('2.0.0')], at: 2000 })).toEqual([notes('1.0.0'), chart]);
    expect(await store.count('notes', 0)).toEqual([
      { version: '2.0.0', dashboards: 2 },
      { version: '1.0.0', dashboards: 1 },
    ]);
    expect(await store.count('series-chart', 0)).toEqual([]);
  });

  it('count only while they are heard of', async () => {
    await store.report({ id: 'a', widgets: [notes('1.0.0')], at: 1000 });
    await store.report({ id: 'b', widgets: [notes('1.0.0')], at: 2000 });
    expect(await store.count('notes', 1000)).toEqual([{ version: '1.0.0', dashboards: 2 }]);
    expect(await store.count('notes', 1001)).toEqual([{ version: '1.0.0', dashboards: 1 }]);
  });

  it('are gone once they are closed, and closing again is the same', async () => {
    await store.report({ id: 'a', widgets: [notes('1.0.0')], at: 1000 });
    expect(await store.close('a')).toEqual([notes('1.0.0')]);
    expect(await store.close('a')).toEqual([]);
    expect(await store.count('notes', 0)).toEqual([]);
  });

  it('are forgotten when they fell silent, and what they ran is told', async () => {
    await store.report({ id: 'a', widgets: [notes('1.0.0'), chart], at: 1000 });
    await store.report({ id: 'b', widgets: [notes('2.0.0')], at: 2000 });
    expect(await store.forget(2000)).toEqual(['notes', 'series-chart']);
    expect(await store.forget(2000)).toEqual([]);
    expect(await store.count('notes', 0)).toEqual([{ version: '2.0.0', dashboards: 1 }]);
  });

  it('that run nothing are open all the same', async () => {
    await store.report({ id: 'a', widgets: [], at: 1000 });
    expect(await store.report({ id: 'a', widgets: [chart], at: 1000 })).toEqual([]);
    expect(await store.close('a')).toEqual([chart]);
  });
});
