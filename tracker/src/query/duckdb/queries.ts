/** The queries on DuckDB. */
import type { Database } from '../../storage/database';
import type { QueryEngine } from '../port';
import { props, series, top, totals, visitors } from './counts';
import { type Read, readerOf } from './read';
import { drops, events, recent, widgets } from './records';
import { dwell, funnel, retention, sessions } from './visits';

export class DuckDbQueries implements QueryEngine {
  readonly name = 'duckdb';
  private readonly read: Read;

  constructor(private readonly database: Database) {
    this.read = readerOf(database);
  }

  totals: QueryEngine['totals'] = (scope, { signal }) => totals(this.read, scope, signal);
  visitors: QueryEngine['visitors'] = (scope, { signal }) => visitors(this.read, scope, signal);
  series: QueryEngine['series'] = (scope, starts, { signal }) => series(this.read, scope, starts, signal);
  top: QueryEngine['top'] = (scope, dimension, limit, { signal }) => top(this.read, scope, dimension, limit, signal);
  props: QueryEngine['props'] = (scope, limit, { signal }) => props(this.read, scope, limit, signal);
  sessions: QueryEngine['sessions'] = (scope, limit, { signal }) => sessions(this.read, scope, limit, signal);
  dwell: QueryEngine['dwell'] = (scope, { signal }) => dwell(this.read, scope, signal);
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
