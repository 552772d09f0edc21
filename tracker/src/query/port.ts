/** What a store of events must be able to answer. One suite of golden answers (golden.ts) runs on every implementation. */
import type { Dimension, Totals } from '@datamesh/contracts';

export interface Filter {
  dimension: Dimension;
  value: string;
}

/** Events of one site in [from, to), milliseconds since the epoch; all filters must hold. */
export interface Scope {
  site: string;
  from: number;
  to: number;
  filters: readonly Filter[];
}

export interface BucketCount {
  /** One of the asked-for starts; a bucket reaches to the next start, the last one to the end of the scope. */
  start: number;
  views: number;
  visitors: number;
}

export interface TopItem {
  value: string;
  views: number;
  visitors: number;
  dwellMs: number;
}

/**
 * Counting rules, the same in every engine:
 * - views: events named `view`; `widget_view` as soon as a filter or the dimension is about widgets (widget, widget_version, panel_id); all
 *   events where they are asked for by name (filter or dimension event_name);
 * - visitors and sessions: exact distinct ids over all events in scope;
 * - dwell: sum of dwell_ms of `dwell` (or `widget_dwell`) events; its median is discrete, the lower one of two, over sessions that have any;
 * - top: events without a value in the dimension are left out, and so are values with neither views nor dwell; most views first, then most
 *   visitors, then by value.
 */
export interface QueryEngine {
  totals(scope: Scope, signal: AbortSignal): Promise<Totals>;
  /** Distinct visitors since a moment. */
  live(site: string, since: number, signal: AbortSignal): Promise<number>;
  /** Only buckets that have events; `starts` ascend and the first is not after scope.from. */
  series(scope: Scope, starts: readonly number[], signal: AbortSignal): Promise<BucketCount[]>;
  top(scope: Scope, dimension: Dimension, limit: number, signal: AbortSignal): Promise<TopItem[]>;
  /** Throws when the store does not answer. */
  check(signal: AbortSignal): Promise<void>;
}

const WIDGET_DIMENSIONS = new Set<Dimension>(['widget', 'widget_version', 'panel_id']);

/** Which events count as views and as dwell; view null: all of them. */
export function countedEvents(filters: readonly Filter[], dimension?: Dimension): { view: string | null; dwell: string } {
  const asked = [...filters.map((filter) => filter.dimension), ...(dimension ? [dimension] : [])];
  const widget = asked.some((name) => WIDGET_DIMENSIONS.has(name));
  if (asked.includes('event_name')) return { view: null, dwell: widget ? 'widget_dwell' : 'dwell' };
  return widget ? { view: 'widget_view', dwell: 'widget_dwell' } : { view: 'view', dwell: 'dwell' };
}
