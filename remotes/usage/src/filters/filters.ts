/** What the reader narrows to: at most one value of a dimension, all must hold. Also as a context for the other widgets. Pure. */
import type { AnyDimension } from '@datamesh/contracts';
import type { Context } from '@datamesh/widget-sdk';
import { isDimension } from '../breakdown/dimensions';

export interface Filter {
  dimension: AnyDimension;
  value: string;
}

export const USAGE_FILTER = 'datamesh.usageFilter';
/** What the tracker takes. */
const MAX_STEPS = 10;
const MAX_TEXT = 500;

export const isOn = (filters: readonly Filter[], { dimension, value }: Filter): boolean =>
  filters.some((filter) => filter.dimension === dimension && filter.value === value);

export const without = (filters: readonly Filter[], dimension: AnyDimension): Filter[] =>
  filters.filter((filter) => filter.dimension !== dimension);

/** Whether there is one value, which the tracker takes. A longer one would be refused, and with it every question it is part of. */
export const canFilter = (filter: Filter): boolean => filter.value !== '' && filterText(filter).length <= MAX_TEXT;

/** On, or off when it was on; nothing where the tracker would not take it. Another value of the dimension gives way: no event has two. */
export function toggle(filters: readonly Filter[], filter: Filter): Filter[] {
  const others = without(filters, filter.dimension);
  if (isOn(filters, filter)) return others;
  if (!canFilter(filter)) return [...filters];
  return [...others, filter].slice(-MAX_STEPS);
}

export const sameFilters = (a: readonly Filter[], b: readonly Filter[]): boolean =>
  a.length === b.length && a.every((filter) => isOn(b, filter));

export const filterText = ({ dimension, value }: Filter): string => `${dimension}:${value}`;

export const contextOfFilters = (site: string, filters: readonly Filter[]): Context => ({
  type: USAGE_FILTER,
  site,
  filters: filters.map(({ dimension, value }) => ({ dimension, value })),
});

/** Of the same site and well formed; null for what is not for this widget. */
export function readFilters(context: Readonly<Record<string, unknown>>, site: string): Filter[] | null {
  return context['site'] === site ? filtersOf(context['filters']) : null;
}

/** null for what is no list of filters, as a whole: half a filter would show more than was meant. */
export function filtersOf(value: unknown): Filter[] | null {
  if (!Array.isArray(value) || value.length > MAX_STEPS) return null;
  const filters: Filter[] = [];
  for (const item of value as unknown[]) {
    const { dimension, value: text } = (item ?? {}) as Record<string, unknown>;
    if (!isDimension(dimension) || typeof text !== 'string' || text === '' || !canFilter({ dimension, value: text })) return null;
    if (filters.some((filter) => filter.dimension === dimension)) return null;
    filters.push({ dimension, value: text });
  }
  return filters;
}
