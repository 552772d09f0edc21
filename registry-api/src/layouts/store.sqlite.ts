import { atomically, type Database, migrate } from '../storage/sqlite/database';
import { openPending } from '../storage/sqlite/pending';
import { sqliteHolding, sqliteTerms } from './holding/holding.sqlite';
import { type BinMark, type LayoutBody, type LayoutHead, type LayoutRecord, type PinMark, readersOf, widgetsIn } from './layout';
import { newest, sqliteLayoutList } from './list.sqlite';
import { titleKey, titleWords } from './search-words';
import { type LayoutStore, maxRevisionNames, pinKey } from './store';
import { layoutsSchema } from './store.sqlite.schema';

interface Row {
  head: string;
  body: string;
  pins: string;
  /** JSON of a BinMark. */
  bin: string | null;
}
const headIn = (row: unknown): LayoutHead => JSON.parse((row as Row).head) as LayoutHead;
const bodyIn = (row: unknown): LayoutBody => JSON.parse((row as Row).body) as LayoutBody;
const recordIn = (row: unknown): LayoutRecord => ({
  head: headIn(row),
  body: bodyIn(row),
  pins: JSON.parse((row as Row).pins) as PinMark[],
});
const binIn = (row: unknown): BinMark => JSON.parse((row as Row).bin ?? 'null') as BinMark;

export function sqliteLayouts(database: Database): LayoutStore {
  migrate(database, 'layouts', layoutsSchema);
  const insert = database.prepare(
    'INSERT INTO layouts (id, owner, department, updated_at, title_key, revision, pin_key, head, body, pins) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare('SELECT head, body, pins FROM layouts WHERE id = ? AND binned_at IS NULL');
  const update = database.prepare(
    `UPDATE layouts SET owner = ?, department = ?, updated_at = ?, title_key = ?, revision = ?, head = ?, body = ? WHERE id = ? AND revision = ? AND pin_key = ? AND binned_at IS NULL`,
  );
  const updatePins = database.prepare(
    'UPDATE layouts SET pins = ?, pin_key = ? WHERE id = ? AND revision = ? AND pin_key = ? AND binned_at IS NULL',
  );
  const bin = database.prepare(
    'UPDATE layouts SET binned_at = ?, bin = ? WHERE id = ? AND revision = ? AND pin_key = ? AND binned_at IS NULL',
  );
  const selectBinned = database.prepare('SELECT head, body, pins, bin FROM layouts WHERE id = ? AND binned_at IS NOT NULL');
  const binnedOf = database.prepare(
    `SELECT head, bin FROM layouts WHERE owner = ? AND binned_at IS NOT NULL AND (binned_at, id) < (?, ?) ORDER BY binned_at DESC, id DESC LIMIT ?`,
  );
  const binnedBefore = database.prepare('SELECT id FROM layouts WHERE binned_at IS NOT NULL AND binned_at < ? ORDER BY binned_at LIMIT ?');
  const restore = database.prepare('UPDATE layouts SET binned_at = NULL, bin = NULL WHERE id = ? AND binned_at = ?');
  const remove = database.prepare('DELETE FROM layouts WHERE id = ? AND binned_at = ?');
  const keep = database.prepare('INSERT INTO layout_revisions (layout, revision, head, body) VALUES (?, ?, ?, ?)');
  const former = database.prepare('SELECT head FROM layout_revisions WHERE layout = ? AND revision < ? ORDER BY revision DESC LIMIT ?');
  const oneFormer = database.prepare('SELECT head, body FROM layout_revisions WHERE layout = ? AND revision = ?');
  const using = database.prepare(
    'SELECT widget, count(*) AS layouts FROM layout_widgets WHERE widget IN (SELECT value FROM json_each(?)) GROUP BY widget',
  );
  const copies = database.prepare(
    `SELECT original, count(*) AS copies FROM layouts
       WHERE original IN (SELECT value FROM json_each(?)) AND original IS NOT NULL AND binned_at IS NULL GROUP BY original`,
  );
  const clearReaders = database.prepare('DELETE FROM layout_readers WHERE layout = ?');
  const addReader = database.prepare('INSERT INTO layout_readers (layout, reader, updated_at, title_key) VALUES (?, ?, ?, ?)');
  const clearWidgets = database.prepare('DELETE FROM layout_widgets WHERE layout = ?');
  const addWidget = database.prepare('INSERT INTO layout_widgets (layout, widget) VALUES (?, ?)');
  const clearWords = database.prepare('DELETE FROM layout_words WHERE layout = ?');
  // All of a layout in one statement: each costs more than its row.
  const addWords = database.prepare('INSERT INTO layout_words (layout, word) SELECT ?, value FROM json_each(?)');
  const names = database.prepare('SELECT revision, name FROM layout_revision_names WHERE layout = ?');
  const setName = database.prepare(
    'INSERT INTO layout_revision_names (layout, revision, name) VALUES (?, ?, ?) ON CONFLICT (layout, revision) DO UPDATE SET name = excluded.name',
  );
  const clearName = database.prepare('DELETE FROM layout_revision_names WHERE layout = ? AND revision = ?');
  const namesOf = (id: string) =>
    new Map((names.all(id) as { revision: number; name: string }[]).map(({ revision, name }) => [revision, name]));
  const terms = sqliteTerms(database);
  const waiting = openPending(database, 'layout_events', 'layout');

  const unindex = (id: string): void => {
    for (const clear of [clearReaders, clearWidgets]) clear.run(id);
    terms.clear(id);
  };
  /** `title`: that it had; its words are most of what is noted of a layout, and most saves leave them as they are. */
  const index = ({ head, body }: Pick<LayoutRecord, 'head' | 'body'>, title?: string): void => {
    unindex(head.id);
    for (const reader of readersOf(head)) addReader.run(head.id, reader, head.updatedAt, titleKey(head.title));
    if (head.title !== title) {
      clearWords.run(head.id);
      addWords.run(head.id, JSON.stringify(titleWords(head.title)));
    }
    for (const widget of widgetsIn(body)) addWidget.run(head.id, widget);
    terms.put(head, body);
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
          titleKey(head.title),
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
      return row ? recordIn(row) : undefined;
    },
    list: sqliteLayoutList(database),
    async save(from, { head, body }, about) {
      return atomically(database, () => {
        const { id, owner, department, updatedAt, revision } = head;
        const written = update.run(
          owner,
          department,
          updatedAt,
          titleKey(head.title),
          revision,
          JSON.stringify(head),
          JSON.stringify(body),
          id,
          from.head.revision,
          pinKey(from.pins),
        );
        if (written.changes !== 1) return 'stale';
        keep.run(id, from.head.revision, JSON.stringify(from.head), JSON.stringify(from.body));
        index({ head, body }, from.head.title);
        waiting.add(id, about);
        return 'saved';
      });
    },
    async bin({ head, pins }, mark, about) {
      return atomically(database, () => {
        if (bin.run(mark.at, JSON.stringify(mark), head.id, head.revision, pinKey(pins)).changes !== 1) return 'stale';
        unindex(head.id);
        clearWords.run(head.id);
        waiting.add(head.id, about);
        return 'binned';
      });
    },
    async findBinned(id) {
      const row = selectBinned.get(id);
      return row ? { ...recordIn(row), bin: binIn(row) } : undefined;
    },
    async listBinned({ owners, after, limit }) {
      const rows = owners.flatMap((owner) => binnedOf.all(owner, (after ?? newest).updatedAt, (after ?? newest).id, limit));
      return rows
        .map((row) => ({ head: headIn(row), bin: binIn(row) }))
        .sort((a, b) => (`${a.bin.at} ${a.head.id}` < `${b.bin.at} ${b.head.id}` ? 1 : -1))
        .slice(0, limit);
    },
    binnedBefore: async (at, limit) => (binnedBefore.all(at, limit) as { id: string }[]).map(({ id }) => id),
    async restore({ head, body, bin: { at } }, about) {
      return atomically(database, () => {
        if (restore.run(head.id, at).changes !== 1) return 'stale';
        index({ head, body });
        waiting.add(head.id, about);
        return 'restored';
      });
    },
    async remove({ head, bin: { at } }, about) {
      return atomically(database, () => {
        if (remove.run(head.id, at).changes !== 1) return 'stale';
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
        if (name !== null && !known.has(revision) && known.size >= maxRevisionNames) return 'full';
        if (name === null) clearName.run(id, revision);
        else setName.run(id, revision, name);
        waiting.add(id, about);
        return 'named';
      });
    },
    revisionNames: async (id) => namesOf(id),
    async copies(ids) {
      const rows = copies.all(JSON.stringify(ids)) as { original: string; copies: number }[];
      return new Map(rows.map(({ original, copies: count }) => [original, count]));
    },
    async using(widgets) {
      const rows = using.all(JSON.stringify(widgets)) as { widget: string; layouts: number }[];
      return new Map(rows.map(({ widget, layouts }) => [widget, layouts]));
    },
    ...sqliteHolding(database),
    pending: waiting.pending,
    clear: waiting.clear,
  };
}
