/** From a scope to SQL. Values are always bound; a column's name comes from a list of our own, never from the request. */
import type { AnyDimension } from '@datamesh/contracts';
import { BIGINT, DuckDBListValue, type DuckDBType, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Audience, Filter, Scope } from '../port';
import { DIMENSIONS, propKeyOf } from '../scope';

export type Values = Record<string, DuckDBValue>;

export interface Condition {
  sql: string;
  values: Values;
}

/** `site_id = … AND ts … AND path = $filter0 …` */
export function scopeCondition({ site, from, to, filters, only }: Scope): Condition {
  const conditions = ['site_id = $site', 'ts >= $from', 'ts < $to'];
  const values: Values = { site, from: BigInt(from), to: BigInt(to) };
  const more = filtersCondition(filters);
  if (more.sql) conditions.push(more.sql);
  const seen = only && audienceCondition(only);
  if (seen) conditions.push(seen.sql);
  return { sql: conditions.join(' AND '), values: { ...values, ...more.values, ...seen?.values } };
}

function audienceCondition({ layouts, pages, widgets }: Audience): Condition {
  const values: Values = {};
  const among = (column: string, name: string, items: readonly string[]): string => {
    if (items.length === 0) return 'false';
    values[name] = listValue([...items]);
    return `${column} IN (SELECT unnest($${name}))`;
  };
  const place = among('path', 'seenPages', pages);
  const elsewhere = `(coalesce(layout_id, '') = '' AND (path IS NULL OR NOT (${OF_DASHBOARD}) OR ${place}))`;
  const parts = [among('layout_id', 'seenLayouts', layouts), elsewhere, among('widget', 'seenWidgets', widgets)];
  return { sql: `(${parts.join(' OR ')})`, values };
}

/** Paths of layouts and departments, whoever sent them: `0` comes after `/`. */
const OF_DASHBOARD = "(path >= '/d/' AND path < '/d0') OR (path >= '/l/' AND path < '/l0')";

/** All of them; empty without any. `name` keeps the parameters of several such conditions apart. */
export function filtersCondition(filters: readonly Filter[], name = 'filter'): Condition {
  const values: Values = {};
  const conditions = filters.map(({ dimension, value }, index) => {
    const column = columnOf(dimension, `${name}${index}key`);
    // An empty text is no value: nothing equals it.
    if (value === '') return 'false';
    Object.assign(values, column.values, { [`${name}${index}`]: value });
    return `${column.sql} = $${name}${index}`;
  });
  return { sql: conditions.join(' AND '), values };
}

/** A dimension's column, or the property's value; null or empty where an event has none. */
export function columnOf(dimension: AnyDimension, keyName: string): Condition {
  const key = propKeyOf(dimension);
  // What is no JSON (rows of an earlier version may hold lone surrogates) has no properties, rather than failing every query.
  if (key !== null) return { sql: `TRY(json_extract_string(props, $${keyName}))`, values: { [keyName]: `$."${key}"` } };
  const column = DIMENSIONS.find((known) => known === dimension);
  if (!column) throw new RangeError(`no dimension: ${dimension}`);
  return { sql: column, values: {} };
}

/** Events that count as views, given their name as $view; null stands for all of them. */
export const IS_VIEW = '($view IS NULL OR event_name = $view)';

export const bigints = (numbers: readonly number[]): DuckDBValue => listValue(numbers.map(BigInt));

/** Whole numbers are said to be 64 bits long: DuckDB would take them for 128, and reckon with those ten times slower. */
export function typesOf(values: Values): Record<string, DuckDBType> {
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'bigint') types[name] = BIGINT;
    if (value instanceof DuckDBListValue) types[name] = LIST(typeof value.items[0] === 'string' ? VARCHAR : BIGINT);
  }
  return types;
}

export const number = (value: DuckDBValue | undefined): number => Number(value ?? 0);

export const numberOrNull = (value: DuckDBValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export const textOrNull = (value: DuckDBValue | undefined): string | null => (typeof value === 'string' ? value : null);
