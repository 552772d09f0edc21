/** The questions this widget asks the tracker. Shapes come from the contract. */
import type { Dimension, Series, Summary, Top } from '@datamesh/contracts';
import { fetchJson } from '@datamesh/widget-sdk';
import type { Bucket, Span } from './range';

export interface Filter {
  dimension: Dimension;
  value: string;
}

export interface Question {
  site: string;
  span: Span;
  filters: readonly Filter[];
}

const url = (call: string, { site, span, filters }: Question, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ site, from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString(), ...more });
  for (const { dimension, value } of filters) query.append('filter', `${dimension}:${value}`);
  return `/api/tracker/v1/${call}?${query}`;
};

export const getSummary = (question: Question, signal: AbortSignal): Promise<Summary> => fetchJson(url('summary', question), signal);

export const getSeries = (question: Question, bucket: Bucket, zone: string, signal: AbortSignal): Promise<Series> =>
  fetchJson(url('series', question, { bucket, zone }), signal);

export const getTop = (question: Question, dimension: Dimension, limit: number, signal: AbortSignal): Promise<Top> =>
  fetchJson(url('top', question, { dimension, limit: String(limit) }), signal);

/** Which versions of a widget were looked at, most viewed first: `1.4.0`, or `1.4.0 +2`. */
export async function getVersions(question: Question, widget: string, signal: AbortSignal): Promise<string> {
  const filters = [...question.filters.filter(({ dimension }) => dimension !== 'widget'), { dimension: 'widget' as const, value: widget }];
  const { items } = await getTop({ ...question, filters }, 'widget_version', 10, signal);
  const [first, ...others] = items.map(({ value }) => value).filter(Boolean);
  if (!first) return '';
  return others.length > 0 ? `${first} +${others.length}` : first;
}
