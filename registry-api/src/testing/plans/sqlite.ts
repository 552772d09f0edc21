import type { Database } from '../../storage/sqlite/database';
import type { Plan, Plans } from './plan';

interface Step {
  detail: string;
}

/** Every statement that is prepared, whether it is run or not: SQLite itself says how it would run it. */
export function watchSqlite(database: Database): Plans {
  const prepare = database.prepare.bind(database);
  const statements = new Set<string>();
  database.prepare = (text: string) => {
    statements.add(text);
    return prepare(text);
  };
  const planOf = (text: string): Plan => ({
    query: text.replace(/\s+/g, ' '),
    scans: /^\s*PRAGMA/.test(text) ? null : scanIn((prepare(`EXPLAIN QUERY PLAN ${text}`).all() as Step[]).map(({ detail }) => detail)),
  });
  return { all: async () => [...statements].map(planOf) };
}

/** A subquery's rows, JSON's members and constants are no table. */
function scanIn(details: string[]): string | null {
  const made = new Set(details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(detail)?.[1] ?? []));
  const isTable = (detail: string) => {
    const name = /^SCAN (\S+)/.exec(detail)?.[1];
    return name !== undefined && !made.has(name) && !name.startsWith('(') && !/VIRTUAL TABLE|CONSTANT ROW/.test(detail);
  };
  return details.find(isTable) ?? null;
}
