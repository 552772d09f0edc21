/** What a store of events must be able to answer. One suite of golden answers (testing/golden.ts) runs on every implementation. */
import type { AnyDimension, Drops, Dwell, Live, Missing, Props, Sessions, Totals, WidgetUsage } from '@datamesh/contracts';
import type { StoredEvent } from '../events/event';

export interface Filter {
  dimension: AnyDimension;
  value: string;
}

/** Events of one site in [from, to), milliseconds since the epoch; all filters must hold. */
export interface Scope {
  site: string;
  from: number;
  to: number;
  filters: readonly Filter[];
  /** Only events that any part of this holds for; absent: all. */
  only?: Audience;
}

/** The events that somebody may see, on a site whose figures go by layouts. */
export interface Audience {
  /** Those of these layouts. */
  layouts: readonly string[];
  /** Those of no layout, unless their path is that of a layout or a department (`/l/…`, `/d/…`); of those paths, these. */
  pages: readonly string[];
  /** Those of these widgets, on whatever layout. */
  widgets: readonly string[];
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

export interface FunnelStep {
  /** Who got at least this far. */
  visitors: number;
  /** From the first step, each visitor at their fastest; discrete median, 0 for the first step, null when nobody got here. */
  medianMs: number | null;
}

export interface Cohort {
  /** First seen in this period. */
  visitors: number;
  /** Of them, seen in this and each later period. */
  returned: number[];
}

/** Where reading on begins: after this event in the order of (received_ts, event_id). */
export type Cursor = Pick<StoredEvent, 'received_ts' | 'event_id'>;

/** Who asks: the query ends with the signal; what the store could not say is told, never hidden. */
export interface QueryContext {
  signal: AbortSignal;
  partial(missing: Missing): void;
  /** What whoever asks does not get to see is told as well, where there is a place for it. */
  withheld?(what: Missing): void;
  /** Events of the site that the store's sums do not hold yet. They are in the answer, which takes longer. */
  behind?(events: number): void;
}

/**
 * Counting rules, the same in every engine:
 * - views: events named `view`; `widget_view` as soon as a filter or the dimension is about widgets (widget, widget_version, panel_id); all
 *   events where they are asked for by name or property (filter or dimension event_name, props.KEY);
 * - visitors and sessions: exact distinct ids over all events in scope;
 * - dwell: sum of dwell_ms of `dwell` (or `widget_dwell`) events; over sessions that have any; percentiles are discrete: of n values the one at
 *   place ceil(n * percent / 100), so that the median is the lower one of two;
 * - top: events without a value in the dimension are left out, and so are values with neither views nor dwell; most views first, then most
 *   visitors, then by value (by code point);
 * - sessions: only those with a view in scope; duration and pages by `ts`, pages of counted views only; events of one session at the same
 *   millisecond may come in either order;
 * - funnel and retention: by the functions in funnel.ts and retention.ts;
 * - a dimension without a value is null in DuckDB and '' in Pinot: neither equals any value, and `path:` (an empty value) matches nothing.
 */
export interface QueryEngine {
  readonly name: 'duckdb' | 'pinot';
  totals(scope: Scope, context: QueryContext): Promise<Totals>;
  /** Distinct visitors. */
  visitors(scope: Scope, context: QueryContext): Promise<number>;
  /** Only buckets that have events; `starts` ascend and the first is not after scope.from. */
  series(scope: Scope, starts: readonly number[], context: QueryContext): Promise<BucketCount[]>;
  top(scope: Scope, dimension: AnyDimension, limit: number, context: QueryContext): Promise<TopItem[]>;
  /** Keys of the events' properties, most frequent first, then by key. */
  props(scope: Scope, limit: number, context: QueryContext): Promise<Props['items']>;
  sessions(scope: Scope, limit: number, context: QueryContext): Promise<Omit<Sessions, 'partial' | 'behind'>>;
  dwell(scope: Scope, context: QueryContext): Promise<Omit<Dwell, 'partial' | 'behind'>>;
  /** A step is a filter and means the events that count as views of it. */
  funnel(scope: Scope, steps: readonly Filter[], windowMs: number, context: QueryContext): Promise<FunnelStep[]>;
  /** One cohort per start; the last period ends with the scope. */
  retention(scope: Scope, starts: readonly number[], context: QueryContext): Promise<Cohort[]>;
  /** The newest events by `ts`, newest first. */
  recent(scope: Scope, limit: number, context: QueryContext): Promise<Live['recent']>;
  /** What the collector dropped, by reason: records of the site `<site>/dropped` (events/event.ts). */
  drops(site: string, from: number, to: number, context: QueryContext): Promise<Drops['reasons']>;
  /** Widgets by opens, then by name; versions likewise. Events without a version count for the widget only. */
  widgets(scope: Scope, limit: number, context: QueryContext): Promise<WidgetUsage['items']>;
  /** Whole events by (received_ts, event_id), of all names; `scope` goes by `ts`. */
  events(scope: Scope, after: Cursor | null, limit: number, context: QueryContext): Promise<StoredEvent[]>;
  /** Throws when the store does not answer. */
  check(signal: AbortSignal): Promise<void>;
}

const WIDGET_DIMENSIONS = new Set<AnyDimension>(['widget', 'widget_version', 'panel_id']);

/** Which events count as views and as dwell; view null: all of them. */
export function countedEvents(filters: readonly Filter[], dimension?: AnyDimension): { view: string | null; dwell: string } {
  const asked = [...filters.map((filter) => filter.dimension), ...(dimension ? [dimension] : [])];
  const widget = asked.some((name) => WIDGET_DIMENSIONS.has(name));
  if (asked.some((name) => name === 'event_name' || name.startsWith('props.')))
    return { view: null, dwell: widget ? 'widget_dwell' : 'dwell' };
  return widget ? { view: 'widget_view', dwell: 'widget_dwell' } : { view: 'view', dwell: 'dwell' };
}
