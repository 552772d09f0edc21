import { afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../storage/stores';
import { firstBroken } from './audit';
import { createAudit } from './log';
import { openAuditStore } from './open-store';

const storeOn = openAuditStore;

const record = (subject: string) => ({
  actor: 'user:dana',
  action: 'widget.publish',
  subject,
  from: '10.0.0.1',
  requestId: 'r-12345678',
  details: { z: 1, a: { $ref: 'x', 'with.dot': [true, null] }, gone: undefined },
});

describe.each(stores())('audit log on $name', ({ open }) => {
  let storage: Storage | undefined;
  afterEach(async () => {
    await storage?.close();
  });

  it('gives gapless numbers and an unbroken chain, also to writers that race', async () => {
    storage = await open();
    const store = await storeOn(storage);
    // Two logs on one store stand for two processes.
    const logs = [createAudit(store, () => 0), createAudit(store, () => 0)];
    await Promise.all(Array.from({ length: 20 }, (_, i) => logs[i % 2]?.append(record(`widget-${i}`))));
    const entries = (await store.newest(100, null)).reverse();
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(new Set(entries.map((entry) => entry.subject)).size).toBe(20);
    expect(firstBroken(entries)).toBeNull();
  });

  it('shows where an entry was changed or taken out', async () => {
    storage = await open();
    const store = await storeOn(storage);
    const log = createAudit(store, () => 0);
    for (const subject of ['a', 'b', 'c', 'd']) await log.append(record(subject));
    const entries = (await store.newest(100, null)).reverse();
    expect(firstBroken(entries.map((entry) => (entry.seq === 2 ? { ...entry, actor: 'user:casey' } : entry)))).toBe(2);
    expect(firstBroken(entries.filter((entry) => entry.seq !== 2))).toBe(3);
  });

  it('refuses a number that is taken and pages newest first', async () => {
    storage = await open();
    const store = await storeOn(storage);
    const log = createAudit(store, () => 0);
    for (const subject of ['a', 'b', 'c']) await log.append(record(subject));
    const last = await store.last();
    expect(last?.seq).toBe(3);
    if (last) expect(await store.insert(last)).toBe(false);
    expect((await store.newest(2, null)).map((entry) => entry.subject)).toEqual(['c', 'b']);
    expect((await store.newest(2, 2)).map((entry) => entry.subject)).toEqual(['a']);
  });
});
