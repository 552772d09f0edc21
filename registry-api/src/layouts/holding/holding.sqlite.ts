/** Layouts by the terms of their panels, in a table of their own: led by the most particular term, in the order in which lists show layouts. */
import type { Database } from '../../storage/sqlite/database';
import type { LayoutBody, LayoutHead } from '../layout';
import { newest } from '../list.sqlite';
import type { LayoutStore } from '../store';
import { termsOf } from './terms';

/** A panel that has the leading term and each of `:others`. */
const panels = `FROM layout_terms f WHERE f.term = :lead AND NOT EXISTS (SELECT 1 FROM json_each(:others) o WHERE NOT EXISTS
   (SELECT 1 FROM layout_terms t WHERE t.layout = f.layout AND t.panel = f.panel AND t.term = o.value))`;

export function sqliteHolding(database: Database): Pick<LayoutStore, 'holders' | 'countHolders'> {
  const page = database.prepare(
    `SELECT l.head, (SELECT json_group_array(panel) FROM (SELECT f.panel ${panels} AND f.layout = h.layout ORDER BY f.panel)) AS panels
       FROM (SELECT DISTINCT f.updated_at, f.layout ${panels} AND (f.updated_at, f.layout) < (:at, :id)
         AND (:readers IS NULL OR EXISTS (SELECT 1 FROM layout_readers a WHERE a.layout = f.layout AND a.reader IN (SELECT value FROM json_each(:readers))))
         ORDER BY f.updated_at DESC, f.layout DESC LIMIT :limit) h CROSS JOIN layouts l ON l.id = h.layout
       ORDER BY h.updated_at DESC, h.layout DESC`,
  );
  const count = database.prepare(`SELECT count(DISTINCT f.layout) AS layouts ${panels}`);
  const asked = ([lead, ...others]: readonly string[]) => ({ lead: lead ?? null, others: JSON.stringify(others) });
  return {
    async holders({ terms, readers, after, limit }) {
      const { updatedAt: at, id } = after ?? newest;
      const rows = page.all({ ...asked(terms), readers: readers && JSON.stringify(readers), at, id, limit }) as {
        head: string;
        panels: string;
      }[];
      return rows.map((row) => ({ head: JSON.parse(row.head) as LayoutHead, panels: JSON.parse(row.panels) as string[] }));
    },
    countHolders: async (terms) => (count.get(asked(terms)) as { layouts: number }).layouts,
  };
}

/** Within the transaction of the change. */
export function sqliteTerms(database: Database): {
  put(head: Pick<LayoutHead, 'id' | 'updatedAt'>, body: LayoutBody): void;
  clear(id: string): void;
} {
  // All of a layout in one statement: each costs more than its row.
  const insert = database.prepare(
    `INSERT INTO layout_terms (layout, panel, term, updated_at)
       SELECT ?, json_extract(value, '$[0]'), json_extract(value, '$[1]'), ? FROM json_each(?)`,
  );
  const clear = database.prepare('DELETE FROM layout_terms WHERE layout = ?');
  return {
    put: ({ id, updatedAt }, body) => {
      const all = termsOf(body.panels).flatMap(({ panel, terms }) => terms.map((term) => [panel, term]));
      insert.run(id, updatedAt, JSON.stringify(all));
    },
    clear: (id) => clear.run(id),
  };
}

/** Layouts of a version that noted no terms. */
export function noteTerms(database: Database): void {
  const terms = sqliteTerms(database);
  const one = database.prepare('SELECT head, body FROM layouts WHERE id = ?');
  const all = database.prepare('SELECT id FROM layouts WHERE binned_at IS NULL').all() as { id: string }[];
  for (const { id } of all) {
    const { head, body } = one.get(id) as { head: string; body: string };
    terms.put(JSON.parse(head) as LayoutHead, JSON.parse(body) as LayoutBody);
  }
}
