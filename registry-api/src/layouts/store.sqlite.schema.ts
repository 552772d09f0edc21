import { searchWords } from '@datamesh/contracts/search-words';
import type { Database, Step } from '../storage/sqlite/database';
import { pendingTable } from '../storage/sqlite/pending';
import { noteTerms } from './holding/holding.sqlite';
import type { LayoutHead } from './layout';
import { titleKey, titleWords } from './search-words';

/** Layouts of a version that noted no words of titles. */
function noteWords(database: Database): void {
  const note = database.prepare('INSERT INTO layout_words (word, layout) VALUES (?, ?)');
  const without = database.prepare('SELECT head FROM layouts WHERE id NOT IN (SELECT layout FROM layout_words)').all() as {
    head: string;
  }[];
  for (const { head } of without) {
    const { id, title } = JSON.parse(head) as LayoutHead;
    for (const word of searchWords(title)) note.run(word, id);
  }
}

/** Layouts of a version that noted whole words, and had no order by title. */
function noteTitles(database: Database): void {
  database.exec(`ALTER TABLE layouts ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE layout_readers ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
    DELETE FROM layout_words;
    DROP INDEX layout_words_layout`);
  const setKey = database.prepare('UPDATE layouts SET title_key = ? WHERE id = ?');
  const setKeys = database.prepare('UPDATE layout_readers SET title_key = ? WHERE layout = ?');
  const addWord = database.prepare('INSERT INTO layout_words (word, layout) SELECT ?, value FROM json_each(?)');
  const all = database.prepare("SELECT id, head ->> '$.title' AS title, binned_at FROM layouts ORDER BY id").all() as {
    id: string;
    title: string;
    binned_at: string | null;
  }[];
  // By word: rows that come in the table's own order are written several times as fast.
  const having = new Map<string, string[]>();
  for (const { id, title, binned_at } of all) {
    setKey.run(titleKey(title), id);
    if (binned_at !== null) continue;
    setKeys.run(titleKey(title), id);
    for (const word of titleWords(title)) {
      const ids = having.get(word) ?? [];
      ids.push(id);
      having.set(word, ids);
    }
  }
  for (const word of [...having.keys()].sort()) addWord.run(word, JSON.stringify(having.get(word)));
  database.exec(`CREATE INDEX layout_words_layout ON layout_words (layout, word);
    CREATE INDEX layouts_title ON layouts (title_key, id) WHERE binned_at IS NULL;
    CREATE INDEX layouts_owner_title ON layouts (owner, title_key, id) WHERE binned_at IS NULL;
    CREATE INDEX layouts_department_title ON layouts (department, title_key, id) WHERE binned_at IS NULL;
    CREATE INDEX layout_readers_title ON layout_readers (reader, title_key, layout)`);
}

export const layoutsSchema: readonly Step[] = [
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
  noteWords,
  // What is in the bin is in none of the indexes that lists walk, and has no readers, words or widgets.
  `ALTER TABLE layouts ADD COLUMN binned_at TEXT;
   ALTER TABLE layouts ADD COLUMN bin TEXT;
   CREATE INDEX layouts_binned ON layouts (owner, binned_at, id) WHERE binned_at IS NOT NULL;
   CREATE INDEX layouts_bin_age ON layouts (binned_at) WHERE binned_at IS NOT NULL;
   DROP INDEX layouts_updated;
   CREATE INDEX layouts_updated ON layouts (updated_at, id) WHERE binned_at IS NULL;
   DROP INDEX layouts_owner;
   CREATE INDEX layouts_owner ON layouts (owner, updated_at, id) WHERE binned_at IS NULL;
   DROP INDEX layouts_department;
   CREATE INDEX layouts_department ON layouts (department, updated_at, id) WHERE binned_at IS NULL`,
  // What the panels of a layout are looked up by.
  `CREATE TABLE layout_terms (layout TEXT NOT NULL REFERENCES layouts ON DELETE CASCADE, panel TEXT NOT NULL, term TEXT NOT NULL, updated_at TEXT NOT NULL,
     PRIMARY KEY (layout, panel, term)) STRICT, WITHOUT ROWID;
   CREATE INDEX layout_terms_term ON layout_terms (term, updated_at, layout)`,
  noteTerms,
  // What was copied from what: counted from the index alone.
  `ALTER TABLE layouts ADD COLUMN original TEXT GENERATED ALWAYS AS (head ->> '$.forkedFrom.layout') VIRTUAL;
   CREATE INDEX layouts_original ON layouts (original) WHERE original IS NOT NULL AND binned_at IS NULL`,
  // Found by any part of a word of the title, and in the order of titles.
  noteTitles,
];
