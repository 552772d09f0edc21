import { atomically, type Database, migrate } from '../../storage/sqlite/database';
import { openPending, pendingTable } from '../../storage/sqlite/pending';
import type { TrustStore } from './store';
import type { Trust } from './trust';

const tables = [
  'CREATE TABLE trusts (id TEXT PRIMARY KEY, team TEXT NOT NULL, issuer TEXT NOT NULL, created_at TEXT NOT NULL, trust TEXT NOT NULL) STRICT',
  'CREATE INDEX trusts_team ON trusts (team, created_at)',
  'CREATE INDEX trusts_issuer ON trusts (issuer, created_at)',
  pendingTable('trust_pending', 'trust'),
];

interface Row {
  trust: string;
}

export function createSqliteTrustStore(database: Database): TrustStore {
  migrate(database, 'trusts', tables);
  const insert = database.prepare('INSERT INTO trusts (id, team, issuer, created_at, trust) VALUES (?, ?, ?, ?, ?)');
  const find = database.prepare('SELECT trust FROM trusts WHERE id = ?');
  const remove = database.prepare('DELETE FROM trusts WHERE id = ?');
  const ofTeam = database.prepare('SELECT trust FROM trusts WHERE team = ? ORDER BY created_at, id');
  const ofIssuer = database.prepare('SELECT trust FROM trusts WHERE issuer = ? ORDER BY created_at, id');
  const waiting = openPending(database, 'trust_pending', 'trust');
  const trustOf = ({ trust }: Row) => JSON.parse(trust) as Trust;
  return {
    add: async (trust, about) =>
      atomically(database, () => {
        insert.run(trust.id, trust.team, trust.issuer, trust.createdAt, JSON.stringify(trust));
        waiting.add(trust.id, about);
      }),
    find: async (id) => {
      const row = find.get(id) as Row | undefined;
      return row ? trustOf(row) : null;
    },
    remove: async (id, about) =>
      atomically(database, () => {
        if (remove.run(id).changes !== 1) return false;
        waiting.add(id, about);
        return true;
      }),
    ofTeam: async (team) => (ofTeam.all(team) as Row[]).map(trustOf),
    ofIssuer: async (issuer) => (ofIssuer.all(issuer) as Row[]).map(trustOf),
    pending: waiting.pending,
    clear: waiting.clear,
  };
}
