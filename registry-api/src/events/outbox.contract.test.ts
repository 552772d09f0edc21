import { afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import type { OutboxStore } from './outbox';
import { createMongoOutbox } from './outbox.mongo';
import { createSqliteOutbox } from './outbox.sqlite';
import type { PendingEvent } from './pending';

const outboxOn = async (storage: Storage): Promise<OutboxStore> =>
  storage.kind === 'sqlite' ? createSqliteOutbox(storage.database) : createMongoOutbox(storage.connection);

const event = (id: string, at = '2026-01-01T00:00:00.000Z'): PendingEvent => ({
  id,
  type: 'widgets.active-changed',
  at,
  data: { name: 'series-chart', channels: { 'with.dot': '$x' } },
  audience: { kind: 'all' },
});

describe.each(stores())('outbox on $name', ({ open }) => {
  let storage: Storage | undefined;
  afterEach(async () => {
    await storage?.close();
  });

  it('numbers events without gaps and knows an event that comes again', async () => {
    storage = await open();
    const outbox = await outboxOn(storage);
    expect(await outbox.bounds()).toEqual({ first: 0, last: 0 });
    expect(await outbox.append(event('a'))).toBe(1);
    expect(await outbox.append(event('b'))).toBe(2);
    expect(await outbox.append(event('a'))).toBe(1);
    expect(await outbox.after(0, 10)).toEqual([
      { ...event('a'), seq: 1 },
      { ...event('b'), seq: 2 },
    ]);
    expect((await outbox.after(1, 10)).map(({ id }) => id)).toEqual(['b']);
    expect(await outbox.bounds()).toEqual({ first: 1, last: 2 });
  });

  it('stays gapless when relays race with the same events', async () => {
    storage = await open();
    const outbox = await outboxOn(storage);
    const ids = Array.from({ length: 15 }, (_, i) => `event-${i}`);
    await Promise.all([...ids, ...ids].map((id) => outbox.append(event(id))));
    const kept = await outbox.after(0, 100);
    expect(kept.map(({ seq }) => seq)).toEqual(ids.map((_, i) => i + 1));
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(ids));
  });

  it('forgets old events but goes on numbering', async () => {
    storage = await open();
    const outbox = await outboxOn(storage);
    for (const id of ['a', 'b', 'c']) await outbox.append(event(id, `2026-01-0${id.charCodeAt(0) - 96}T00:00:00.000Z`));
    expect(await outbox.lastBefore('2026-01-03T00:00:00.000Z')).toBe(2);
    await outbox.trim(2);
    expect(await outbox.bounds()).toEqual({ first: 3, last: 3 });
    await outbox.trim(3);
    expect(await outbox.bounds()).toEqual({ first: 3, last: 3 });
    expect(await outbox.append(event('d'))).toBe(4);
  });
});
