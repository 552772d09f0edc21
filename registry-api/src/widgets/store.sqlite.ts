import { LRUCache } from 'lru-cache';
import { atomically, type Database, migrate, type Step } from '../storage/sqlite/database';
import { openPending, pendingTable } from '../storage/sqlite/pending';
import { categoryKey, searchWords, sortKey } from './search-words';
import { contentKey, type WidgetQuery, type WidgetStore } from './store';
import type { VersionContent, WidgetRecord } from './widget';

const forgetWords = 'DELETE FROM widget_words WHERE name = ?';
/** All in one statement: each costs more than its row. */
const insertWords = 'INSERT INTO widget_words (name, word) SELECT ?, value FROM json_each(?)';

/** Widgets of a version that noted whole words alone. */
function noteWords(database: Database): void {
  const forget = database.prepare(forgetWords);
  const add = database.prepare(insertWords);
  const records = database.prepare('SELECT record FROM widgets').all() as { record: string }[];
  for (const { record } of records) {
    const { name, listing } = JSON.parse(record) as WidgetRecord;
    forget.run(name);
    add.run(name, JSON.stringify(searchWords(name, listing)));
  }
}

const tables: readonly Step[] = [
  `CREATE TABLE widgets (
    name TEXT PRIMARY KEY, revision INTEGER NOT NULL, listed INTEGER NOT NULL, sort_key TEXT NOT NULL,
    publisher TEXT NOT NULL, record TEXT NOT NULL) STRICT`,
  'CREATE INDEX widgets_sorted ON widgets (listed, sort_key)',
  `CREATE TABLE widget_words (
    name TEXT NOT NULL REFERENCES widgets (name), word TEXT NOT NULL, PRIMARY KEY (name, word)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX widget_words_word ON widget_words (word, name)',
  `CREATE TABLE widget_categories (
    name TEXT NOT NULL REFERENCES widgets (name), category TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (name, category)) STRICT, WITHOUT ROWID`,
  'CREATE TABLE widget_contents (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT',
  pendingTable('widget_pending', 'name'),
  // Milliseconds; 0: before there was a date.
  'ALTER TABLE widget_contents ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0',
  'CREATE INDEX widget_categories_category ON widget_categories (category, name)',
  noteWords,
];

/** Milliseconds by the clock that SQLite itself goes by. */
const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
const atOnce = 50;
/** Records that are kept as they were read. */
const maxRecords = 500;

export function createSqliteWidgetStore(database: Database): WidgetStore {
  migrate(database, 'widgets', tables);
  const find = database.prepare('SELECT record FROM widgets WHERE name = ?');
  const revision = database.prepare('SELECT revision FROM widgets WHERE name = ?');
  const dataVersion = database.prepare('PRAGMA data_version');
  const insert = database.prepare(
    'INSERT OR IGNORE INTO widgets (revision, listed, sort_key, publisher, record, name) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE widgets SET revision = ?, listed = ?, sort_key = ?, publisher = ?, record = ? WHERE name = ? AND revision = ?',
  );
  const clearWords = database.prepare(forgetWords);
  const addWords = database.prepare(insertWords);
  const forgetCategories = database.prepare('DELETE FROM widget_categories WHERE name = ?');
  const addCategory = database.prepare('INSERT OR IGNORE INTO widget_categories (name, category, title) VALUES (?, ?, ?)');
  const waiting = openPending(database, 'widget_pending', 'name');
  const putContent = database.prepare(
    `INSERT INTO widget_contents (key, content, put_at) VALUES (?, ?, ${now}) ON CONFLICT (key) DO UPDATE SET put_at = excluded.put_at`,
  );
  const content = database.prepare('SELECT content FROM widget_contents WHERE key = ?');
  const contentsAfter = database.prepare(`SELECT key, content FROM widget_contents WHERE key > ? ORDER BY key LIMIT ${atOnce}`);
  // One statement: nothing comes between the look and the removal.
  const collectContents = database.prepare(
    `DELETE FROM widget_contents WHERE put_at < ? AND key NOT IN (
      SELECT widgets.name || '@' || json_extract(entry.value, '$.version') || ':' || json_extract(entry.value, '$.digest')
      FROM widgets, json_each(widgets.record, '$.versions') AS entry)`,
  );
  const time = database.prepare(`SELECT ${now} AS now`);
  // The publisher of a listing is the owner: nobody else can publish.
  const owners = database.prepare('SELECT name, publisher AS owner FROM widgets');
  const categories = database.prepare(
    `SELECT min(title) AS title FROM widget_categories JOIN widgets USING (name) WHERE listed = 1 GROUP BY category ORDER BY category`,
  );

  function write(record: WidgetRecord): boolean {
    const { listing, name } = record;
    const columns = [record.revision, listing.listed ? 1 : 0, sortKey(name, listing), listing.publisher, JSON.stringify(record), name];
    const result = record.revision === 1 ? insert.run(...columns) : update.run(...columns, record.revision - 1);
    return result.changes === 1;
  }

  function index({ name, listing }: WidgetRecord): void {
    clearWords.run(name);
    addWords.run(name, JSON.stringify(searchWords(name, listing)));
    forgetCategories.run(name);
    for (const category of listing.categories) addCategory.run(name, categoryKey(category), category);
  }

  // Revisions and categories stand in memory until somebody writes: this store through `commit`, others as SQLite's data_version tells.
  const revisions = new Map<string, number>();
  let titles: string[] | null = null;
  let seen = -1;
  function forgetWhenOthersWrote(): void {
    const { data_version: now } = dataVersion.get() as { data_version: number };
    if (now !== seen) {
      revisions.clear();
      titles = null;
    }
    seen = now;
  }
  function revisionOf(name: string): number | undefined {
    const known = revisions.get(name);
    if (known !== undefined) return known;
    const row = revision.get(name) as { revision: number } | undefined;
    // Names come from clients: one that does not exist is not remembered.
    if (row) revisions.set(name, row.revision);
    return row?.revision;
  }

  // A record names every version: to read a long one takes longer than all the rest. Nobody changes one that was given.
  const records = new LRUCache<string, WidgetRecord>({ max: maxRecords });
  function recordOf(name: string): WidgetRecord | null {
    const revision = revisionOf(name);
    const known = records.get(name);
    if (known && known.revision === revision) return known;
    const row = find.get(name) as { record: string } | undefined;
    if (!row) return null;
    const record = JSON.parse(row.record) as WidgetRecord;
    records.set(name, record);
    return record;
  }

  return {
    find: async (name) => {
      forgetWhenOthersWrote();
      return recordOf(name);
    },
    revisions: async (names) => {
      forgetWhenOthersWrote();
      const found = new Map<string, number>();
      for (const name of names) {
        const known = revisionOf(name);
        if (known !== undefined) found.set(name, known);
      }
      return found;
    },
    commit: async (record, about) =>
      atomically(database, () => {
        revisions.delete(record.name);
        titles = null;
        if (!write(record)) return false;
        index(record);
        waiting.add(record.name, about);
        return true;
      }),
    putContent: async (version) => {
      putContent.run(contentKey(version.name, version.version, version.digest), JSON.stringify(version));
    },
    content: async (name, version, digest) => {
      const row = content.get(contentKey(name, version, digest)) as { content: string } | undefined;
      return row ? (JSON.parse(row.content) as VersionContent) : null;
    },
    contents: async function* () {
      for (let last = ''; ; ) {
        const rows = contentsAfter.all(last) as { key: string; content: string }[];
        for (const row of rows) yield JSON.parse(row.content) as VersionContent;
        if (rows.length < atOnce) return;
        last = rows.at(-1)?.key ?? last;
      }
    },
    now: async () => (time.get() as { now: number }).now,
    collectContents: async (before) => collectContents.run(before).changes,
    owners: async () => owners.all() as { name: string; owner: string }[],
    list: async (query) => {
      forgetWhenOthersWrote();
      const { where, values } = conditionOf(query);
      const { total } = database.prepare(`SELECT count(*) AS total FROM widgets WHERE ${where}`).get(...values) as { total: number };
      const rows = database
        .prepare(`SELECT name, sort_key FROM widgets WHERE ${where} AND sort_key > ? ORDER BY sort_key LIMIT ?`)
        .all(...values, query.after ?? '', query.limit + 1) as { name: string; sort_key: string }[];
      const shown = rows.slice(0, query.limit);
      return {
        items: shown.flatMap((row) => recordOf(row.name) ?? []),
        next: rows.length > query.limit ? (shown.at(-1)?.sort_key ?? null) : null,
        total,
      };
    },
    categories: async () => {
      forgetWhenOthersWrote();
      titles ??= (categories.all() as { title: string }[]).map(({ title }) => title);
      return titles;
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}

/** The highest code point: whatever starts with a prefix sorts before prefix + this. */
const afterAll = '\u{10ffff}';

function conditionOf({ words, category, publisher }: WidgetQuery): { where: string; values: string[] } {
  const conditions = ['listed = 1'];
  const values: string[] = [];
  for (const word of words) {
    conditions.push('name IN (SELECT name FROM widget_words WHERE word >= ? AND word < ?)');
    values.push(word, word + afterAll);
  }
  if (category !== null) {
    conditions.push('name IN (SELECT name FROM widget_categories WHERE category = ?)');
    values.push(category);
  }
  if (publisher !== null) {
    conditions.push('publisher = ?');
    values.push(publisher);
  }
  return { where: conditions.join(' AND '), values };
}
