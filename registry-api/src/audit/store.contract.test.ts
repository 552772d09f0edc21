import type { AuditEntry } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateMongo } from '../storage/mongo/schema';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { entryAbout, type PendingEntry } from './audit';
import { createHeadKeeper, type HeadStore } from './heads';
import { type AuditFilters, type Listed, listEntries } from './listing';
import { type AuditLog, createAuditLog } from './log';
import { openAuditStore, openHeads } from './open-store';
import type { AuditPage, AuditPosition, AuditStore } from './store';
import { verifyLog } from './verification';

const entry = (subject: string): PendingEntry =>
  entryAbout({ actor: 'user:dana', from: '10.0.0.1', requestId: 'r-12345678' }, '2026-01-01T00:00:00.000Z', 'widget.publish', subject, {
    z: 1,
    a: { $ref: 'x', 'with.dot': [true, null] },
    gone: undefined,
  });

describe.each(stores())('audit log on $name', ({ open }) => {
  let storage: Storage;
  let store: AuditStore;
  let heads: HeadStore;
  beforeEach(async () => {
    storage = await open();
    store = await openAuditStore(storage);
    heads = await openHeads(storage);
  });
  afterEach(() => storage.close());

  const page = (limit = 100, more: Partial<AuditPage> = {}) => store.page({ of: null, from: null, to: null, after: null, limit, ...more });
  const subjects = async () => (await page()).map(({ subject }) => subject).reverse();
  const written = async (log: AuditLog, ...names: string[]) => {
    for (const name of names) await log.append(entry(name));
  };

  it('gives gapless numbers and an unbroken chain, also to writers that race', async () => {
    // Two logs on one store stand for two processes.
    const logs = [createAuditLog(store), createAuditLog(store)];
    await Promise.all(Array.from({ length: 20 }, (_, i) => logs[i % 2]?.append(entry(`widget-${i}`))));
    expect((await page()).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => 20 - i));
    expect(new Set(await subjects()).size).toBe(20);
    expect(await verifyLog(store, heads)).toMatchObject({ entries: 20, broken: null });
  });

  it('appends an entry once, whoever brings it how often', async () => {
    const logs = [createAuditLog(store), createAuditLog(store)];
    const same = entry('once');
    await Promise.all([...logs, ...logs].map((log) => log.append(same)));
    await written(createAuditLog(store), 'after');
    expect(await subjects()).toEqual(['once', 'after']);
  });

  it('is listed by who did what to what and when, in any combination, by when it was done, page by page', async () => {
    const log = createAuditLog(store);
    const note = (actor: string, action: string, subject: string, minute: number) =>
      log.append(entryAbout({ actor, from: null, requestId: 'r' }, `2026-01-01T00:0${minute}:00.000Z`, action, subject));
    await note('user:a', 'pin.put', 'department:sales', 1);
    await note('user:b', 'pin.put', 'department:risk', 3);
    // Waited to be appended.
    await note('user:a', 'token.revoke', 'token:1', 2);
    await note('user:a', 'pin.put', 'department:sales', 4);
    const none = { from: null, to: null };
    const listed = async (filters: Partial<AuditFilters>, most?: number): Promise<number[]> => {
      const found: number[] = [];
      for (let after: AuditPosition | null = null, turns = 0; turns < 20; turns++) {
        const { items, next }: Listed = await listEntries(store, { ...none, ...filters }, after, 1, most);
        found.push(...items.map(({ seq }) => seq));
        if (next === null) return found;
        after = next;
      }
      throw new Error('it has no end');
    };
    expect(await listed({})).toEqual([4, 2, 3, 1]);
    expect(await listed({ actor: 'user:a' })).toEqual([4, 3, 1]);
    expect(await listed({ action: 'pin.put' })).toEqual([4, 2, 1]);
    expect(await listed({ subject: 'department:sales' })).toEqual([4, 1]);
    expect(await listed({ actor: 'user:a', action: 'token.revoke' })).toEqual([3]);
    expect(await listed({ actor: 'user:b', action: 'token.revoke' })).toEqual([]);
    expect(await listed({ from: '2026-01-01T00:02:00.000Z', to: '2026-01-01T00:04:00.000Z' })).toEqual([2, 3]);
    expect(await listed({ subject: 'department:sales', to: '2026-01-01T00:04:00.000Z' })).toEqual([1]);
  });

  it('says how far it is whole while it is read', async () => {
    await written(createAuditLog(store), 'a', 'b', 'c', 'd', 'e');
    const heard: number[] = [];
    await verifyLog(store, heads, 2, (entries) => heard.push(entries));
    expect(heard).toEqual([2, 4]);
  });

  it('is looked through a bounded piece at a time, and goes on from there', async () => {
    const log = createAuditLog(store);
    await Promise.all(
      Array.from({ length: 600 }, (_, n) =>
        log.append(
          entryAbout({ actor: n === 0 ? 'user:rare' : 'user:a', from: null, requestId: 'r' }, '2026-01-01T00:00:00.000Z', 'x', 'y'),
        ),
      ),
    );
    const filters = { actor: 'user:rare', action: 'x', subject: 'y', from: null, to: null };
    const first = await listEntries(store, filters, null, 10, 500);
    expect(first).toMatchObject({ items: [], next: { seq: 101 } });
    expect(await listEntries(store, filters, first.next, 10, 500)).toMatchObject({ items: [{ seq: 1 }], next: null });
  });

  it('knows what it has an entry about', async () => {
    await written(createAuditLog(store), 'series-chart@1.0.0');
    expect(await store.has('widget.publish', 'series-chart@1.0.0')).toBe(true);
    expect(await store.has('widget.yank', 'series-chart@1.0.0')).toBe(false);
    expect(await store.has('widget.publish', 'series-chart@1.0')).toBe(false);
  });

  it('lists what is about some subjects, newest first, page by page', async () => {
    await written(createAuditLog(store), 'a@1.0.0', 'b@1.0.0', 'a@1.0.0', 'a@2.0.0', 'ab@1.0.0');
    const about = ['widget.publish a@1.0.0', 'widget.publish a@2.0.0', 'widget.yank b@1.0.0'];
    const seqs = async (limit: number, before: number | null) => (await store.about(about, limit, before)).map(({ seq }) => seq);
    expect(await seqs(10, null)).toEqual([4, 3, 1]);
    expect(await seqs(2, null)).toEqual([4, 3]);
    expect(await seqs(2, 3)).toEqual([1]);
    expect(await store.about([], 10, null)).toEqual([]);
  });

  it('refuses a number that is taken and pages both ways', async () => {
    await written(createAuditLog(store), 'a', 'b', 'c');
    const last = await store.last();
    expect(last?.seq).toBe(3);
    if (last) expect(await store.insert(JSON.parse(last.entry) as AuditEntry, 'other')).toBe('taken');
    expect((await page(2)).map(({ subject }) => subject)).toEqual(['c', 'b']);
    expect((await page(2, { after: { at: '2026-01-01T00:00:00.000Z', seq: 2 } })).map(({ subject }) => subject)).toEqual(['a']);
    expect((await store.after(1, 10)).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  /** As somebody would who has the database before them. */
  async function tamper(seq: number, change: ((text: string) => string) | 'delete'): Promise<void> {
    if (storage.kind === 'sqlite') {
      if (change === 'delete') storage.database.prepare('DELETE FROM audit WHERE seq = ?').run(seq);
      else {
        const row = storage.database.prepare('SELECT entry FROM audit WHERE seq = ?').get(seq) as { entry: string };
        storage.database.prepare('UPDATE audit SET entry = ? WHERE seq = ?').run(change(row.entry), seq);
      }
      return;
    }
    const audit = storage.connection.collection<{ _id: number; entry: string }>('audit');
    if (change === 'delete') await audit.deleteOne({ _id: seq });
    else await audit.updateOne({ _id: seq }, { $set: { entry: change((await audit.findOne({ _id: seq }))?.entry ?? '') } });
  }

  /** A log whose end is kept, as the service's is. */
  function keptLog() {
    const holds = async ({ seq, hash }: { seq: number; hash: string }) =>
      (await store.after(seq - 1, 1)).some((row) => row.seq === seq && row.entry.includes(hash));
    const keeper = createHeadKeeper(heads, holds, (error) => {
      throw error;
    });
    return { log: createAuditLog(store, keeper.appended), stop: keeper.settle };
  }

  it.each([
    ['was changed', 2, (text: string) => text.replace('user:dana', 'user:casey'), { seq: 2, kind: 'changed' }],
    ['is no entry any more', 3, () => 'nonsense', { seq: 3, kind: 'changed' }],
    ['was taken out', 2, 'delete' as const, { seq: 2, kind: 'missing' }],
    ['was taken from the beginning', 1, 'delete' as const, { seq: 1, kind: 'missing' }],
    ['was taken from the end', 4, 'delete' as const, { seq: 4, kind: 'cut' }],
  ])('finds the first entry that %s', async (_, seq, change, broken) => {
    const { log, stop } = keptLog();
    await written(log, 'a', 'b', 'c', 'd');
    await stop();
    expect(await verifyLog(store, heads)).toMatchObject({ entries: 4, broken: null });
    await tamper(seq, change);
    expect(await verifyLog(store, heads)).toMatchObject({ entries: seq - 1, broken });
  });

  it.each([
    ['no JSON', () => 'nonsense'],
    ['nothing', () => ''],
    ['JSON of something else', () => '[null]'],
    ['an entry without a time', (text: string) => text.replace('"at"', '"then"')],
    ['an entry with another number', (text: string) => text.replace('"seq":3', '"seq":1')],
  ])('goes on after an entry that somebody made %s, and shows it where it was', async (_, change) => {
    const { log, stop } = keptLog();
    await written(log, 'a', 'b', 'c');
    await tamper(3, change);
    await written(log, 'd');
    await stop();
    const { items, next } = await listEntries(store, { action: 'widget.publish', from: null, to: null }, null, 10);
    expect(items.map((item) => [item.seq, item.subject, 'unreadable' in item])).toEqual([
      [4, 'd', false],
      [3, 'c', true],
      [2, 'b', false],
      [1, 'a', false],
    ]);
    expect(next).toBeNull();
    expect(await verifyLog(store, heads)).toMatchObject({ entries: 2, broken: { seq: 3, kind: 'changed' } });
  });

  it.each(['at', 'actor', 'action', 'subject'])('finds that an entry is listed by another %s than it says', async (name) => {
    await written(createAuditLog(store), 'a', 'b');
    if (storage.kind === 'sqlite') storage.database.prepare(`UPDATE audit SET ${name} = 'x' WHERE seq = 2`).run();
    else await storage.connection.collection<{ _id: number }>('audit').updateOne({ _id: 2 }, { $set: { [name]: 'x' } });
    expect(await verifyLog(store, heads)).toMatchObject({ entries: 1, broken: { seq: 2, kind: 'changed' } });
  });

  it('is found by who did what to what also where it is older than that, and keeps nobody from starting where it was made unreadable', async () => {
    await written(createAuditLog(store), 'a', 'b', 'c');
    await tamper(2, () => 'nonsense');
    if (storage.kind === 'sqlite') {
      const { database } = storage;
      const names = ['at', 'actor', 'action', 'subject'];
      for (const name of names) database.exec(`DROP INDEX audit_${name}`);
      for (const name of names) database.exec(`ALTER TABLE audit DROP COLUMN ${name}`);
      database.exec("DELETE FROM migrations WHERE room = 'audit' AND step > 5");
    } else {
      const { connection } = storage;
      await connection.collection('audit').updateMany({}, { $unset: { about: 1, at: 1, actor: 1, action: 1, subject: 1 } });
      await connection.collection<{ _id: string }>('schema').updateOne({ _id: 'registry' }, { $set: { version: 1 } });
      await migrateMongo(connection);
    }
    store = await openAuditStore(storage);
    const at = '2026-01-01T00:00:00.000Z';
    expect(await page()).toMatchObject([
      { seq: 3, at, action: 'widget.publish', subject: 'c' },
      { seq: 2, at, action: '', subject: '', entry: 'nonsense' },
      { seq: 1, at, action: 'widget.publish', subject: 'a' },
    ]);
    expect((await page(10, { of: ['subject', 'a'] })).map(({ seq }) => seq)).toEqual([1]);
  });

  it('still knows that the log was cut after others have been appended, also by another process', async () => {
    const first = keptLog();
    await written(first.log, 'a', 'b', 'c', 'd');
    await first.stop();
    await tamper(4, 'delete');
    await tamper(3, 'delete');
    const second = keptLog();
    for (const [log, subject] of [
      [first.log, 'e'],
      [second.log, 'f'],
      [second.log, 'g'],
    ] as const)
      await written(log, subject);
    await Promise.all([first.stop(), second.stop()]);
    expect(await verifyLog(store, heads)).toMatchObject({ entries: 3, broken: { seq: 4, kind: 'replaced' } });
  });

  it('reads a log of many pages', async () => {
    const { log, stop } = keptLog();
    await written(log, ...Array.from({ length: 7 }, (_, i) => `s${i}`));
    await stop();
    for (const page of [1, 2, 7, 8]) expect(await verifyLog(store, heads, page)).toMatchObject({ entries: 7, broken: null });
    await tamper(5, 'delete');
    for (const page of [1, 2, 7, 8]) expect(await verifyLog(store, heads, page)).toMatchObject({ broken: { seq: 5, kind: 'missing' } });
  });
});
