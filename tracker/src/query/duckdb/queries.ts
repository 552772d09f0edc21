/** The queries on DuckDB. */
import type { Database } from '../../storage/database';
import type { QueryEngine } from '../port';
import { props, series, top, totals, visitors } from './counts';
import { type Read, readerOf } from './read';
import { drops, events, recent, widgets } from './records';
import { snapshotsOf } from './snapshot';
import type { Store } from './store';
import { dwell, funnel, retention, sessions } from './visits';

export class DuckDbQueries implements QueryEngine {
  readonly name = 'duckdb';
  private readonly read: Read;
  private readonly store: Store;

  constructor(private readonly database: Database) {
    this.read = readerOf(database);
    this.store = { read: this.read, snapshot: snapshotsOf(database) };
  }

  totals: QueryEngine['totals'] = (scope, context) => totals(this.store, scope, context);
  visitors: QueryEngine['visitors'] = (scope, context) => visitors(this.store, scope, context);
  series: QueryEngine['series'] = (scope, starts, context) => series(this.store, scope, starts, context);
  top: QueryEngine['top'] = (scope, dimension, limit, context) => top(this.store, scope, dimension, limit, context);
  props: QueryEngine['props'] = (scope, limit, { signal }) => props(this.read, scope, limit, signal);
  sessions: QueryEngine['sessions'] = (scope, limit, context) => sessions(this.store, scope, limit, context);
  dwell: QueryEngine['dwell'] = (scope, context) => dwell(this.store, scope, context);
  funnel: QueryEngine['funnel'] = (scope, steps, windowMs, { signal }) => funnel(this.database, scope, steps, windowMs, signal);
  retention: QueryEngine['retention'] = (scope, starts, { signal }) => retention(this.read, scope, starts, signal);
  recent: QueryEngine['recent'] = (scope, limit, { signal }) => recent(this.read, scope, limit, signal);
  drops: QueryEngine['drops'] = (site, from, to, { signal }) => drops(this.read, site, from, to, signal);
  widgets: QueryEngine['widgets'] = (scope, limit, { signal }) => widgets(this.read, scope, limit, signal);
  events: QueryEngine['events'] = (scope, after, limit, { signal }) => events(this.read, scope, after, limit, signal);

  async check(signal: AbortSignal): Promise<void> {
    await this.read('SELECT next FROM log_position LIMIT 1', {}, signal);
  }
}
