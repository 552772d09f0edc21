import { searchWords } from '../storage/search-words';
import { atomically, type Database, migrate } from '../storage/sqlite/database';
import { openPending, pendingTable } from '../storage/sqlite/pending';
import { type LayoutBody, type LayoutHead, type LayoutRecord, type PinMark, readersOf, widgetsIn } from './layout';
import { sqliteLayoutList } from './list.sqlite';
import { type LayoutStore, mostRevisionNames, pinKey } from './store';

const schema = [
  `CREATE TABLE layouts (id TEXT PRIMARY KEY, owner TEXT NOT NULL, department TEXT, updated_at TEXT NOT NULL, revision INTEGER NOT NULL,
     pin_key TEXT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL, pins TEXT NOT NULL) STRICT`,
  'CREATE INDEX layouts_updated ON layouts (updated_at, id)',
  `CREATE TABLE layout_readers (reader TEXT NOT NULL, layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE,
     PRIMARY KEY (layout, reader)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE layout_widgets (widget TEXT NOT NULL, layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE,
     PRIMARY KEY (widget, layout)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX layout_widgets_layout ON layout_widgets (layout)',
  `CREATE TABLE layout_revisions (layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE, revision INTEGER NOT NULL, head TEXT NOT NULL,
     body TEXT NOT NULL, PRIMARY KEY (layout, revision)) STRICT`,
  // Outlives a deleted layout until the relay has it.
  pendingTable('layout_events', 'layout'),
  `CREATE TABLE layout_revision_names (layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE, revision INTEGER NOT NULL, name TEXT NOT NULL,
     PRIMARY KEY (layout, revision)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE layout_words (word TEXT NOT NULL, layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE,
     PRIMARY KEY (word, layout)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX layout_words_layout ON layout_words (layout, word)',
  // In the order in which lists show them: of a reader, an owner, a department.
  "ALTER TABLE layout_readers ADD COLUMN updated_at TEXT NOT NULL DEFAULT ''",
  'UPDATE layout_readers SET updated_at = (SELECT updated_at FROM layouts WHERE id = layout)',
  'CREATE INDEX layout_readers_updated ON layout_readers (reader, updated_at, layout)',
  'CREATE INDEX layouts_owner ON layouts (owner, updated_at, id)',
  'CREATE INDEX layouts_department ON layouts (department, updated_at, id)',
];

interface Row {
  head: string;
  body: string;
  pins: string;
}
const headIn = (row: unknown): LayoutHead => JSON.parse((row as Row).head) as LayoutHead;
const bodyIn = (row: unknown): LayoutBody => JSON.parse((row as Row).body) as LayoutBody;

export function sqliteLayouts(database: Database): LayoutStore {
  migrate(database, 'layouts', schema);
  const insert = database.prepare(
    'INSERT INTO layouts (id, owner, department, updated_at, revision, pin_key, head, body, pins) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare('SELECT head, body, pins FROM layouts WHERE id = ?');
  const update = database.prepare(
    `UPDATE layouts SET owner = ?, department = ?, updated_at = ?, revision = ?, head = ?, body = ? WHERE id = ? AND revision = ? AND pin_key = ?`,
  );
  const updatePins = database.prepare('UPDATE layouts SET pins = ?, pin_key = ? WHERE id = ? AND revision = ? AND pin_key = ?');
  const remove = database.prepare('DELETE FROM layouts WHERE id = ? AND revision = ? AND pin_key = ?');
  const keep = database.prepare('INSERT INTO layout_revisions (layout, revision, head, body) VALUES (?, ?, ?, ?)');
  const former = database.prepare('SELECT head FROM layout_revisions WHERE layout = ? AND revision < ? ORDER BY revision DESC LIMIT ?');
  const oneFormer = database.prepare('SELECT head, body FROM layout_revisions WHERE layout = ? AND revision = ?');
  const using = database.prepare(
    'SELECT widget, count(*) AS layouts FROM layout_widgets WHERE widget IN (SELECT value FROM json_each(?)) GROUP BY widget',
  );
  const clearReaders = database.prepare('DELETE FROM layout_readers WHERE layout = ?');
  const addReader = database.prepare('INSERT INTO layout_readers (layout, reader, updated_at) VALUES (?, ?, ?)');
  const clearWidgets = database.prepare('DELETE FROM layout_widgets WHERE layout = ?');
  const addWidget = database.prepare('INSERT INTO layout_widgets (layout, widget) VALUES (?, ?)');
  const clearWords = database.prepare('DELETE FROM layout_words WHERE layout = ?');
  const addWord = database.prepare('INSERT INTO layout_words (word, layout) VALUES (?, ?)');
  const names = database.prepare('SELECT revision, name FROM layout_revision_names WHERE layout = ?');
  const setName = database.prepare(
    'INSERT INTO layout_revision_names (layout, revision, name) VALUES (?, ?, ?) ON CONFLICT (layout, revision) DO UPDATE SET name = excluded.name',
  );
  const clearName = database.prepare('DELETE FROM layout_revision_names WHERE layout = ? AND revision = ?');
  const namesOf = (id: string) =>
    new Map((names.all(id) as { revision: number; name: string }[]).map(({ revision, name }) => [revision, name]));
  const waiting = openPending(database, 'layout_events', 'layout');

  const noteWords = ({ id, title }: LayoutHead): void => {
    clearWords.run(id);
    for (const word of searchWords(title)) addWord.run(word, id);
  };
  // Layouts of a version that noted no words.
  atomically(database, () => {
    for (const row of database.prepare('SELECT head FROM layouts WHERE id NOT IN (SELECT layout FROM layout_words)').all())
      noteWords(headIn(row));
  });
  const index = ({ head, body }: Pick<LayoutRecord, 'head' | 'body'>): void => {
    clearReaders.run(head.id);
    for (const reader of readersOf(head)) addReader.run(head.id, reader, head.updatedAt);
    noteWords(head);
    clearWidgets.run(head.id);
    for (const widget of widgetsIn(body)) addWidget.run(head.id, widget);
  };

  return {
    async create({ head, body, pins }, about) {
      atomically(database, () => {
        const { id, owner, department, updatedAt, revision } = head;
        insert.run(
          id,
          owner,
          department,
          updatedAt,
          revision,
          pinKey(pins),
          JSON.stringify(head),
          JSON.stringify(body),
          JSON.stringify(pins),
        );
        index({ head, body });
        waiting.add(id, about);
      });
    },
    async find(id) {
      const row = select.get(id);
      return row ? { head: headIn(row), body: bodyIn(row), pins: JSON.parse((row as Row).pins) as PinMark[] } : undefined;
    },
    list: sqliteLayoutList(database),
    async save(from, { head, body }, about) {
      return atomically(database, () => {
        const { id, owner, department, updatedAt, revision } = head;
        const written = update.run(
          owner,
          department,
          updatedAt,
          revision,
          JSON.stringify(head),
          JSON.stringify(body),
          id,
          from.head.revision,
          pinKey(from.pins),
        );
        if (written.changes !== 1) return 'stale';
        keep.run(id, from.head.revision, JSON.stringify(from.head), JSON.stringify(from.body));
        index({ head, body });
        waiting.add(id, about);
        return 'saved';
      });
    },
    async remove({ head, pins }, about) {
      return atomically(database, () => {
        if (remove.run(head.id, head.revision, pinKey(pins)).changes !== 1) return 'stale';
        waiting.add(head.id, about);
        return 'removed';
      });
    },
    async setPins({ head, pins: from }, pins) {
      const written = updatePins.run(JSON.stringify(pins), pinKey(pins), head.id, head.revision, pinKey(from));
      return written.changes === 1 ? 'saved' : 'stale';
    },
    revisions: async (id, before, limit) => former.all(id, before ?? Number.MAX_SAFE_INTEGER, limit).map(headIn),
    async revision(id, revision) {
      const row = oneFormer.get(id, revision);
      return row ? { head: headIn(row), body: bodyIn(row) } : undefined;
    },
    async nameRevision(id, revision, name, about) {
      return atomically(database, () => {
        if (!select.get(id)) return 'unknown';
        const known = namesOf(id);
        if (name !== null && !known.has(revision) && known.size >= mostRevisionNames) return 'full';
        if (name === null) clearName.run(id, revision);
        else setName.run(id, revision, name);
        waiting.add(id, about);
        return 'named';
      });
    },
    revisionNames: async (id) => namesOf(id),
    async using(widgets) {
      const rows = using.all(JSON.stringify(widgets)) as { widget: string; layouts: number }[];
      return new Map(rows.map(({ widget, layouts }) => [widget, layouts]));
    },
    pending: waiting.pending,
    clear: waiting.clear,
  };
}
