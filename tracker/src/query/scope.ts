/** From query parameters to a scope: what OpenAPI cannot say. */
import type { AnyDimension, Dimension } from '@datamesh/contracts';
import { ProblemError } from '../http/problem';
import type { Filter, Scope } from './port';

export const DIMENSIONS = [
  'event_name',
  'path',
  'host',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'country',
  'browser',
  'os',
  'device',
  'widget',
  'widget_version',
  'panel_id',
  'layout_id',
] as const satisfies readonly Dimension[];

/** What may follow `props.`: the keys that the collector stores, and nothing that means anything in SQL or a JSON path. */
const PROP = /^props\.([A-Za-z_][A-Za-z0-9_-]{0,59})$/;

/** KEY of `props.KEY`; null for anything else. */
export const propKeyOf = (dimension: string): string | null => PROP.exec(dimension)?.[1] ?? null;

export const isDimension = (text: string): text is AnyDimension =>
  (DIMENSIONS as readonly string[]).includes(text) || propKeyOf(text) !== null;

/** Time zones and stores know little of what is before and after. */
const LAST = Date.parse('9999-01-01T00:00:00Z');
export const LONGEST_RANGE = 400 * 86_400_000;

export function scopeOf(query: { site: string; from: string; to: string; filter?: string[] }): Scope {
  return { site: query.site, ...rangeOf(query.from, query.to), filters: filtersOf(query.filter) };
}

export function rangeOf(first: string, end: string): { from: number; to: number } {
  const from = Date.parse(first);
  const to = Date.parse(end);
  if (Number.isNaN(from) || Number.isNaN(to) || !isDate(first) || !isDate(end))
    throw new ProblemError(422, 'range_invalid', '`from` and `to` must be instants that exist.');
  if (from < 0 || to > LAST) throw new ProblemError(422, 'range_invalid', '`from` and `to` must be from 1970 to 9999.');
  if (from >= to) throw new ProblemError(422, 'range_empty', '`from` must be before `to`.');
  if (to - from > LONGEST_RANGE) throw new ProblemError(422, 'range_too_large', 'A range is at most 400 days long; ask for several.');
  return { from, to };
}

/** JavaScript takes February 30th for the 2nd of March. */
const isDate = (instant: string): boolean => new Date(`${instant.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(instant.slice(0, 10));

export const filtersOf = (texts: readonly string[] = []): Filter[] => texts.map(filterOf);

/** `dimension:value`; the value is everything after the first colon. */
export function filterOf(text: string): Filter {
  const colon = text.indexOf(':');
  const dimension = text.slice(0, colon);
  return { dimension: dimensionOf(dimension), value: text.slice(colon + 1) };
}

export function dimensionOf(text: string): AnyDimension {
  if (isDimension(text)) return text;
  throw new ProblemError(422, 'dimension_unknown', `There is no dimension "${text}"; known are ${DIMENSIONS.join(', ')} and props.KEY.`);
}
