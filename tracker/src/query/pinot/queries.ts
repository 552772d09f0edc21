/** The queries on Apache Pinot: single-stage SQL that is right on 0.11 and on 1.5. */
import type { QueryEngine } from '../port';
import type { Erased } from './conditions';
import { props, series, totals, visitors } from './counts';
import { funnel } from './funnel';
import { Reader } from './reader';
import { drops, events, recent, widgets } from './records';
import { column, sql, table } from './sql';
import type { Store } from './store';
import { top } from './top';
import { Transport, type TransportOptions } from './transport';
import { dwell, retention, sessions } from './visits';

export interface PinotOptions extends TransportOptions {
  erased: Erased;
}

export class PinotQueries implements QueryEngine {
  readonly name = 'pinot';
  private readonly transport: Transport;
  private readonly store: Store;

  constructor(options: PinotOptions) {
    this.transport = new Transport(options);
    this.store = { reader: new Reader(this.transport), table: table(options.table), erased: options.erased };
  }

  totals: QueryEngine['totals'] = (scope, asking) => totals(this.store, scope, asking);
  visitors: QueryEngine['visitors'] = (scope, asking) => visitors(this.store, scope, asking);
  series: QueryEngine['series'] = (scope, starts, asking) => series(this.store, scope, starts, asking);
  top: QueryEngine['top'] = (scope, dimension, limit, asking) => top(this.store, scope, dimension, limit, asking);
  props: QueryEngine['props'] = (scope, limit, asking) => props(this.store, scope, limit, asking);
  sessions: QueryEngine['sessions'] = (scope, limit, asking) => sessions(this.store, scope, limit, asking);
  dwell: QueryEngine['dwell'] = (scope, asking) => dwell(this.store, scope, asking);
  funnel: QueryEngine['funnel'] = (scope, steps, windowMs, asking) => funnel(this.store, scope, steps, windowMs, asking);
  retention: QueryEngine['retention'] = (scope, starts, asking) => retention(this.store, scope, starts, asking);
  recent: QueryEngine['recent'] = (scope, limit, asking) => recent(this.store, scope, limit, asking);
  drops: QueryEngine['drops'] = (site, from, to, asking) => drops(this.store, site, from, to, asking);
  widgets: QueryEngine['widgets'] = (scope, limit, asking) => widgets(this.store, scope, limit, asking);
  events: QueryEngine['events'] = (scope, after, limit, asking) => events(this.store, scope, after, limit, asking);

  async check(signal: AbortSignal): Promise<void> {
    const any = sql`SELECT ${column('ts')} FROM ${this.store.table}`;
    await this.store.reader.some(any, 1, { signal, partial: () => undefined });
  }

  /** Ends what is being asked. */
  close(): void {
    this.transport.close();
  }
}
