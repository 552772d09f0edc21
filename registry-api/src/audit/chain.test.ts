/** The chain of the audit log as pure functions: what is hashed, what follows from what, and what of it somebody changed by hand. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { type AuditRecord, entryAbout, follows, genesis, type Head, hashOf, headOf, nextEntry, readEntry } from './audit';
import type { AuditRow, AuditStore } from './store';
import { verifyLog } from './verification';

const record: AuditRecord = {
  actor: 'dana',
  action: 'widget.publish',
  subject: 'series-chart@1.0.0',
  from: '10.0.0.1',
  requestId: 'r1',
  details: { bytes: 5, list: [{ b: 1, a: 2 }], none: undefined },
};
const AT = '2026-01-02T03:04:05.678Z';

function logOf(count: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let at = 0; at < count; at++) entries.push(nextEntry(entries.at(-1) ?? null, { ...record, subject: `w@1.0.${at}` }, AT));
  return entries;
}

/** Logs are on disks already: what their hashes cover never changes. */
describe('an entry', () => {
  it('has the hash that it has always had', () => {
    const entry = nextEntry(null, record, AT);
    expect(entry).toMatchObject({ seq: 1, at: AT, previous: genesis, details: { bytes: 5, list: [{ b: 1, a: 2 }] } });
    expect(entry.hash).toBe('c4edc2e7ba9a124120a0f8a6a25dcbbbb7c504d18738b8d62d87723073438f6a');
    expect(nextEntry(entry, record, AT)).toMatchObject({ seq: 2, previous: entry.hash });
  });

  it('has the same one whatever the order of its keys, and with what was left out as with what stands for it', () => {
    const entry = nextEntry(null, record, AT);
    expect(hashOf({ ...entry, details: { list: [{ a: 2, b: 1 }], bytes: 5 } })).toBe(entry.hash);
    const bare = nextEntry(null, { ...record, from: null, requestId: '', details: {} }, AT);
    const { from: _from, requestId: _request, details: _details, ...old } = bare;
    expect(hashOf(old as AuditEntry)).toBe(bare.hash);
    expect(follows(old as AuditEntry, null)).toBe(true);
  });

  it('follows from the one before alone, and no longer once any part of it is another', () => {
    const [first, second] = logOf(2) as [AuditEntry, AuditEntry];
    expect([follows(first, null), follows(second, first), follows(first, first), follows(second, null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(follows(second, { ...first, hash: genesis })).toBe(false);
    expect(follows(second, { ...first, seq: 2 })).toBe(false);
    const others: Partial<AuditEntry>[] = [
      { seq: 3 },
      { at: '2026-01-02T03:04:05.679Z' },
      { actor: 'robin' },
      { action: 'widget.yank' },
      { subject: 'other' },
      { from: null },
      { requestId: 'r2' },
      { details: { ...second.details, bytes: 6 } },
      { details: { bytes: 5, list: [{ a: 2 }] } },
      { previous: genesis },
      { hash: genesis },
    ];
    for (const other of others) expect(follows({ ...second, ...other }, first), JSON.stringify(other)).toBe(false);
  });

  it('about a change has an id of its own, and says who asked', () => {
    const asking = { actor: 'dana', from: null, requestId: 'r1' };
    const [one, other] = [entryAbout(asking, AT, 'a', 's'), entryAbout(asking, AT, 'a', 's', { why: 'x' })];
    expect(one).toMatchObject({ at: AT, record: { ...asking, action: 'a', subject: 's', details: {} } });
    expect(other.record.details).toEqual({ why: 'x' });
    expect(one.id).not.toBe(other.id);
  });
});

describe('the text of an entry', () => {
  const entry = nextEntry(null, record, AT);
  const read = (change: object): AuditEntry | null => readEntry({ seq: 1, entry: JSON.stringify({ ...entry, ...change }) });

  it('is read where it is one of that number', () => {
    expect(read({})).toEqual(entry);
    expect(read({ from: null })).toMatchObject({ from: null });
    expect(read({ from: undefined, requestId: undefined, details: undefined })).toMatchObject({ seq: 1 });
    expect(readEntry({ seq: 2, entry: JSON.stringify(entry) })).toBeNull();
  });

  it('is none where any part is of another kind', () => {
    for (const name of ['at', 'actor', 'action', 'subject', 'previous', 'hash', 'from', 'requestId'])
      expect(read({ [name]: 1 }), name).toBeNull();
    for (const details of [null, [], 'text', 1]) expect(read({ details }), JSON.stringify(details)).toBeNull();
    for (const text of ['', '{', 'null', '1', '[]', '"text"']) expect(readEntry({ seq: 1, entry: text }), text).toBeNull();
  });

  it('is what the next one is chained to, also where it cannot be read', () => {
    const row = { ...rowOf(entry), entry: 'gone' };
    expect(headOf(rowOf(entry))).toEqual({ seq: 1, hash: entry.hash });
    expect(headOf(row)).toEqual({ seq: 1, hash: createHash('sha256').update('gone').digest('hex') });
  });
});

const rowOf = (entry: AuditEntry): AuditRow => {
  const { seq, at, actor, action, subject } = entry;
  return { seq, at, actor, action, subject, entry: JSON.stringify(entry) };
};

describe('a log that is read', () => {
  const log = logOf(7);
  const verify = (rows: AuditRow[], kept: Head | null = null, page = 3) => {
    const store = { after: async (seq: number, limit: number) => rows.filter((row) => row.seq > seq).slice(0, limit) };
    return verifyLog(store as AuditStore, { read: async () => kept, write: async () => undefined }, page);
  };
  const rows = (): AuditRow[] => log.map(rowOf);
  const head = (seq: number): Head => ({ seq, hash: log[seq - 1]?.hash ?? '' });

  it('is whole, whatever is read at once', async () => {
    for (const page of [1, 3, 7, 100]) expect(await verify(rows(), head(7), page)).toEqual({ entries: 7, head: head(7), broken: null });
    expect(await verify([])).toEqual({ entries: 0, head: null, broken: null });
  });

  it.each<[string, (all: AuditRow[]) => AuditRow[], Head | null, string, number]>([
    ['lacks one', (all) => all.filter(({ seq }) => seq !== 4), null, 'missing', 4],
    ['lacks the first', (all) => all.slice(1), null, 'missing', 1],
    ['has one that cannot be read', (all) => all.map((row) => (row.seq === 4 ? { ...row, entry: 'x' } : row)), null, 'changed', 4],
    [
      'has one of other words',
      (all) => all.map((row) => (row.seq === 4 ? { ...row, entry: row.entry.replace('dana', 'anad') } : row)),
      null,
      'changed',
      4,
    ],
    [
      'has one that is listed as another’s',
      (all) => all.map((row) => (row.seq === 4 ? { ...row, actor: 'robin' } : row)),
      null,
      'changed',
      4,
    ],
    ['was cut', (all) => all.slice(0, 5), head(7), 'cut', 6],
    ['was written anew', (all) => all, { seq: 5, hash: genesis }, 'replaced', 5],
  ])('and %s is broken there', async (_, change, kept, kind, seq) => {
    const found = await verify(change(rows()), kept);
    expect(found.broken).toMatchObject({ kind, seq });
    expect(found.entries).toBe(seq - 1);
    expect(found.head).toEqual(seq === 1 ? null : head(seq - 1));
  });
});
