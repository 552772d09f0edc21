import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayoutContent } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '../storage/sqlite/database';
import { createLayout } from './layout';
import { sqliteLayouts } from './store.sqlite';
import { layoutsSchema } from './store.sqlite.schema';

const content = (title: string): LayoutContent => ({
  title,
  department: 'sales',
  visibility: 'department',
  grants: [{ to: 'user:casey', may: 'view' }],
  tree: { type: 'stack', active: 0, panels: [] },
  panels: {},
  defaultChannel: null,
  filters: [],
});
const made = (title: string, at: string) => createLayout(content(title), { user: 'user:alex', name: 'Alex' }, at);

describe('layouts in SQLite', () => {
  let folder: string;
  let database: Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layouts-'));
    database = openDatabase(join(folder, 'registry.db'));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('brings over what an older version kept', async () => {
    // Before the bin.
    migrate(database, 'layouts', layoutsSchema.slice(0, 10));
    const { head, body } = made('Märkte am Morgen', '2026-01-01T00:00:00.000Z');
    database
      .prepare("INSERT INTO layouts VALUES (?, ?, ?, ?, 1, '[]', ?, ?, '[]')")
      .run(head.id, head.owner, head.department, head.updatedAt, JSON.stringify(head), JSON.stringify(body));
    for (const reader of ['user:alex', 'user:casey', 'department:sales'])
      database.prepare('INSERT INTO layout_readers VALUES (?, ?)').run(reader, head.id);
    const store = sqliteLayouts(database);
    expect(await store.find(head.id)).toEqual({ head, body, pins: [] });
    const found = (query: object) => store.list({ readers: null, after: null, limit: 10, ...query });
    const queries = [
      {},
      { readers: ['user:casey'] },
      { owner: 'user:alex' },
      { departments: ['sales'] },
      { words: ['mark'] },
      { words: ['kte'] },
    ];
    for (const query of queries.flatMap((one) => [one, { ...one, sort: 'title' }]))
      expect(
        (await found(query)).map(({ id }) => id),
        JSON.stringify(query),
      ).toEqual([head.id]);
    const bin = { at: '2026-01-02T00:00:00.000Z', by: 'user:alex', byName: 'Alex' };
    expect(await store.bin({ head, body, pins: [] }, bin, [])).toBe('binned');
  });
});
