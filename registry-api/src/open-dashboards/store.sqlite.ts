import { atomically, type Database, migrate } from '../storage/sqlite/database';
import type { OpenDashboardStore, RunningWidget } from './store';

const tables = [
  'CREATE TABLE open_dashboards (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT',
  'CREATE INDEX open_dashboards_at ON open_dashboards (at)',
  `CREATE TABLE open_dashboard_widgets (
    id TEXT NOT NULL REFERENCES open_dashboards (id) ON DELETE CASCADE, name TEXT NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (id, name, version)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX open_dashboard_widgets_name ON open_dashboard_widgets (name, version)',
];

export function createSqliteOpenDashboards(database: Database): OpenDashboardStore {
  migrate(database, 'open-dashboards', tables);
  const put = database.prepare('INSERT INTO open_dashboards (id, at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at');
  const remove = database.prepare('DELETE FROM open_dashboards WHERE id = ?');
  const running = database.prepare('SELECT name, version FROM open_dashboard_widgets WHERE id = ?');
  const stop = database.prepare('DELETE FROM open_dashboard_widgets WHERE id = ?');
  const run = database.prepare('INSERT INTO open_dashboard_widgets (id, name, version) VALUES (?, ?, ?)');
  const count = database.prepare(
    `SELECT version, count(*) AS dashboards FROM open_dashboard_widgets JOIN open_dashboards USING (id)
     WHERE name = ? AND at >= ? GROUP BY version ORDER BY dashboards DESC, version`,
  );
  const silent = database.prepare(
    'SELECT DISTINCT name FROM open_dashboards CROSS JOIN open_dashboard_widgets USING (id) WHERE at < ? ORDER BY name',
  );
  const forget = database.prepare('DELETE FROM open_dashboards WHERE at < ?');
  const runningIn = (id: string): RunningWidget[] => (running.all(id) as RunningWidget[]).map(({ name, version }) => ({ name, version }));

  return {
    report: async ({ id, widgets, at }) =>
      atomically(database, () => {
        const before = runningIn(id);
        put.run(id, at);
        stop.run(id);
        for (const { name, version } of widgets) run.run(id, name, version);
        return before;
      }),
    close: async (id) =>
      atomically(database, () => {
        const before = runningIn(id);
        remove.run(id);
        return before;
      }),
    count: async (widget, since) =>
      (count.all(widget, since) as { version: string; dashboards: number }[]).map(({ version, dashboards }) => ({ version, dashboards })),
    forget: async (before) =>
      atomically(database, () => {
        const names = (silent.all(before) as { name: string }[]).map(({ name }) => name);
        forget.run(before);
        return names;
      }),
  };
}
