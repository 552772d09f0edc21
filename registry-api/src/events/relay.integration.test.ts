import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryAbout } from '../audit/audit';
import { createAuditLog } from '../audit/log';
import { openAuditStore } from '../audit/open-store';
import type { AuditStore } from '../audit/store';
import type { Storage } from '../storage/storage';
import { eventually } from '../testing/api';
import { stores } from '../testing/stores';
import { openOutbox } from './module';
import type { OutboxStore } from './outbox';
import type { Pending, PendingEvent, PendingSource } from './pending';
import { startRelay } from './relay';
import { keptEvents, keptMs, trimOutbox } from './retention';

const event = (id: string, at = '2026-01-01T00:00:00.000Z'): PendingEvent => ({
  id,
  type: 'pins.changed',
  at,
  data: {},
  audience: { kind: 'all' },
});

/** Documents with what waits in them, that can fail where a store can fail. */
class Source implements PendingSource {
  documents = new Map<string, Pending[]>();
  failClear = 0;

  add(key: string, ...ids: string[]) {
    this.put(key, ...ids.map((id) => event(id)));
  }

  put(key: string, ...items: Pending[]) {
    this.documents.set(key, [...(this.documents.get(key) ?? []), ...items]);
  }

  async pending(limit: number) {
    return [...this.documents].slice(0, limit).map(([key, items]) => ({ key, items: [...items] }));
  }

  async clear(key: string, ids: string[]) {
    if (this.failClear > 0) {
      this.failClear -= 1;
      throw new Error('the store went away');
    }
    const rest = (this.documents.get(key) ?? []).filter(({ id }) => !ids.includes(id));
    if (rest.length > 0) this.documents.set(key, rest);
    else this.documents.delete(key);
  }
}

describe.each(stores())('relay on $name', ({ open }) => {
  let storage: Storage;
  let outbox: OutboxStore;
  let audit: AuditStore;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    storage = await open();
    outbox = await openOutbox(storage);
    audit = await openAuditStore(storage);
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await storage.close();
  });

  const errors: unknown[] = [];
  const relay = (source: Source, everyMs = 60_000) => {
    const started = startRelay({
      outbox,
      audit: createAuditLog(audit),
      sources: [source],
      onWritten: () => {},
      onError: (error) => errors.push(error),
      everyMs,
    });
    stops.push(started.stop);
    return started;
  };
  const written = async () => (await outbox.after(0, 100)).map(({ id }) => id);
  const until = (ids: string[]) => eventually(async () => ((await written()).length === ids.length ? true : undefined), ids.join());

  it('moves what waits at its start, and what it is woken for', async () => {
    const source = new Source();
    source.add('layout-1', 'a', 'b');
    const { wakeRelay } = relay(source);
    await until(['a', 'b']);
    source.add('layout-1', 'c');
    source.add('layout-2', 'd');
    wakeRelay();
    await until(['a', 'b', 'c', 'd']);
    expect(await written()).toEqual(['a', 'b', 'c', 'd']);
    await eventually(() => (source.documents.size === 0 ? true : undefined), 'cleared documents');
  });

  it('writes each event once, although it could not clear it and another relay works on the same documents', async () => {
    const source = new Source();
    source.failClear = 3;
    for (const key of ['x', 'y', 'z']) source.add(key, `${key}1`, `${key}2`);
    relay(source, 5);
    relay(source, 5);
    await eventually(() => (source.documents.size === 0 ? true : undefined), 'cleared documents');
    expect((await written()).sort()).toEqual(['x1', 'x2', 'y1', 'y2', 'z1', 'z2']);
    expect(errors.splice(0).length).toBeGreaterThan(0);
  });

  it('brings events and entries each to their place, once, and tells when all that waited is there', async () => {
    const source = new Source();
    const entry = (subject: string) =>
      entryAbout({ actor: 'user:dana', from: null, requestId: 'r' }, '2026-01-01T00:00:00.000Z', 'layout.save', subject);
    const [one, two] = [relay(source), relay(source)];
    source.failClear = 1;
    source.put('x', event('x1'), entry('x'));
    source.put('y', entry('y'), event('y1'));
    await expect(one.settle()).rejects.toThrow('went away');
    await Promise.all([one.settle(), two.settle()]);
    expect((await audit.page({ of: null, from: null, to: null, after: null, limit: 10 })).map(({ subject }) => subject).sort()).toEqual([
      'x',
      'y',
    ]);
    expect((await written()).sort()).toEqual(['x1', 'y1']);
    expect(source.documents.size).toBe(0);
  });

  it('forgets what is older than a week, never the newest', async () => {
    const now = Date.parse('2026-02-01T00:00:00.000Z');
    await outbox.append(event('old', new Date(now - keptMs - 1000).toISOString()));
    await outbox.append(event('young', new Date(now - keptMs + 1000).toISOString()));
    await trimOutbox(outbox, () => now);
    expect(await written()).toEqual(['young']);
    await trimOutbox(outbox, () => now + keptMs * 2);
    expect(await written()).toEqual(['young']);
    expect(await outbox.append(event('next'))).toBe(3);
  });
});

it('keeps the last ten thousand', async () => {
  const trimmed: number[] = [];
  const outbox: OutboxStore = {
    append: async () => 0,
    after: async () => [],
    bounds: async () => ({ first: 5, last: keptEvents + 7 }),
    lastBefore: async () => 0,
    trim: async (seq) => void trimmed.push(seq),
  };
  await trimOutbox(outbox, () => 0);
  expect(trimmed).toEqual([7]);
});
