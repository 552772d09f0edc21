/** The questions this widget asks the tracker. Shapes come from the contract. */
import type {
  AnyDimension,
  Drops,
  Dwell,
  Funnel,
  Props,
  Retention,
  Series,
  Sessions,
  Summary,
  Top,
  TrackerSite,
  WidgetUsage,
} from '@datamesh/contracts';
import { fetchJson } from '@datamesh/widget-sdk';
import { type Filter, filterText } from '../filters/filters';
import type { Bucket } from '../range/bucket';
import type { Span } from '../range/span';
import type { Weekday } from '../range/week';

export interface Question {
  site: string;
  span: Span;
  filters: readonly Filter[];
}

/** By whose clocks and calendar days, weeks and the like are counted, and times in files written. */
export interface Clock {
  /** IANA name. */
  zone: string;
  weekStart: Weekday;
}

export type RetentionUnit = 'day' | 'week' | 'month';

const BASE = '/api/tracker/v1';
const iso = (time: number): string => new Date(time).toISOString();

function url(call: string, { site, span, filters }: Question, more: Record<string, string> = {}, steps: readonly Filter[] = []): string {
  const query = new URLSearchParams({ site, from: iso(span.from), to: iso(span.to), ...more });
  for (const filter of filters) query.append('filter', filterText(filter));
  for (const step of steps) query.append('step', filterText(step));
  return `${BASE}/${call}?${query}`;
}

export const getSites = async (signal: AbortSignal): Promise<TrackerSite[]> =>
  (await fetchJson<{ items: TrackerSite[] }>(`${BASE}/sites`, signal)).items;

export const getSummary = (question: Question, compared: Span | null, signal: AbortSignal): Promise<Summary> =>
  fetchJson(url('summary', question, compared ? { compareFrom: iso(compared.from), compareTo: iso(compared.to) } : {}), signal);

export const getSeries = (question: Question, bucket: Bucket, clock: Clock, signal: AbortSignal): Promise<Series> =>
  fetchJson(url('series', question, { bucket, ...clock }), signal);

export const getTop = (question: Question, dimension: AnyDimension, limit: number, signal: AbortSignal): Promise<Top> =>
  fetchJson(url('top', question, { dimension, limit: String(limit) }), signal);

export const getProps = (question: Question, signal: AbortSignal): Promise<Props> => fetchJson(url('props', question), signal);

export const getSessions = (question: Question, limit: number, signal: AbortSignal): Promise<Sessions> =>
  fetchJson(url('sessions', question, { limit: String(limit) }), signal);

export const getDwell = (question: Question, signal: AbortSignal): Promise<Dwell> => fetchJson(url('dwell', question), signal);

export const getFunnel = (question: Question, steps: readonly Filter[], windowMinutes: number, signal: AbortSignal): Promise<Funnel> =>
  fetchJson(url('funnel', question, { windowMinutes: String(windowMinutes) }, steps), signal);

export const getRetention = (question: Question, unit: RetentionUnit, clock: Clock, signal: AbortSignal): Promise<Retention> =>
  fetchJson(url('retention', question, { unit, ...clock }), signal);

export const getDrops = (site: string, span: Span, signal: AbortSignal): Promise<Drops> =>
  fetchJson(url('drops', { site, span, filters: [] }), signal);

export const getWidgets = (site: string, span: Span, signal: AbortSignal): Promise<WidgetUsage> =>
  fetchJson(url('widgets', { site, span, filters: [] }, { limit: '100' }), signal);

export function liveUrl(site: string, filters: readonly Filter[]): string {
  const query = new URLSearchParams({ site });
  for (const filter of filters) query.append('filter', filterText(filter));
  return `${BASE}/live?${query}`;
}

export type Exported = { what: 'events' } | { what: 'series'; bucket: Bucket } | { what: 'top'; dimension: AnyDimension };

/** Where a file is downloaded. */
export const exportUrl = (question: Question, exported: Exported, format: 'csv' | 'parquet', clock: Clock): string =>
  url('export', question, { ...exported, format, ...clock });
