/** From query parameters to a scope: what OpenAPI cannot say. */
import type { Dimension } from '@datamesh/contracts';
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

export const isDimension = (text: string): text is Dimension => (DIMENSIONS as readonly string[]).includes(text);

export const LONGEST_RANGE = 400 * 86_400_000;

export function scopeOf(query: { site: string; from: string; to: string; filter?: string[] }): Scope {
  const from = Date.parse(query.from);
  const to = Date.parse(query.to);
  if (Number.isNaN(from) || Number.isNaN(to)) throw new ProblemError(422, 'range_invalid', '`from` and `to` must be instants that exist.');
  if (from >= to) throw new ProblemError(422, 'range_empty', '`from` must be before `to`.');
  if (to - from > LONGEST_RANGE) throw new ProblemError(422, 'range_too_large', 'A range is at most 400 days long; ask for several.');
  return { site: query.site, from, to, filters: (query.filter ?? []).map(filterOf) };
}

function filterOf(text: string): Filter {
  const colon = text.indexOf(':');
  const dimension = text.slice(0, colon);
  if (!isDimension(dimension))
    throw new ProblemError(422, 'dimension_unknown', `"${dimension}" cannot be filtered by; known are ${DIMENSIONS.join(', ')}.`);
  return { dimension, value: text.slice(colon + 1) };
}
