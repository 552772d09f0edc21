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

  totals: QueryEngine['totals'] = (scope, context) => totals(this.store, scope, context);
  visitors: QueryEngine['visitors'] = (scope, context) => visitors(this.store, scope, context);
  series: QueryEngine['series'] = (scope, starts, context) => series(this.store, scope, starts, context);
  top: QueryEngine['top'] = (scope, dimension, limit, context) => top(this.store, scope, dimension, limit, context);
  props: QueryEngine['props'] = (scope, limit, context) => props(this.store, scope, limit, context);
  sessions: QueryEngine['sessions'] = (scope, limit, context) => sessions(this.store, scope, limit, context);
  dwell: QueryEngine['dwell'] = (scope, context) => dwell(this.store, scope, context);
  funnel: QueryEngine['funnel'] = (scope, steps, windowMs, context) => funnel(this.store, scope, steps, windowMs, context);
  retention: QueryEngine['retention'] = (scope, starts, context) => retention(this.store, scope, starts, context);
  recent: QueryEngine['recent'] = (scope, limit, context) => recent(this.store, scope, limit, context);
  drops: QueryEngine['drops'] = (site, from, to, context) => drops(this.store, site, from, to, context);
  widgets: QueryEngine['widgets'] = (scope, limit, context) => widgets(this.store, scope, limit, context);
  events: QueryEngine['events'] = (scope, after, limit, context) => events(this.store, scope, after, limit, context);

  async check(signal: AbortSignal): Promise<void> {
    const any = sql`SELECT ${column('ts')} FROM ${this.store.table}`;
    await this.store.reader.some(any, 1, { signal, partial: () => undefined });
  }

  /** Ends what is being asked. */
  close(): void {
    this.transport.close();
  }
}
