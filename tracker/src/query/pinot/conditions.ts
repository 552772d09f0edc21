/** From a scope to SQL for Pinot. Absent texts are '' there, absent numbers -1. */
import type { AnyDimension } from '@datamesh/contracts';
import type { Audience, Filter, Scope } from '../port';
import { DIMENSIONS, propKeyOf } from '../scope';
import { column, joined, jsonCondition, list, type Sql, sql } from './sql';

/** Visitors of a site that are erased: Pinot cannot remove rows, so they are left out of every answer. */
export type Erased = (site: string) => readonly string[];

/** `site_id = …` first: the column that segments are sorted by. */
export function scopeCondition({ site, from, to, filters, only }: Scope, erased: Erased): Sql {
  return joined(
    [
      siteCondition(site, erased),
      sql`${column('ts')} >= ${from} AND ${column('ts')} < ${to}`,
      ...filters.map(filterCondition),
      ...(only ? [audienceCondition(only)] : []),
    ],
    ' AND ',
  );
}

function audienceCondition({ layouts, pages, widgets }: Audience): Sql {
  const [layout, path] = [column('layout_id'), column('path')];
  const among = (name: Sql, items: readonly string[]): Sql[] => (items.length > 0 ? [sql`${name} IN ${list(items)}`] : []);
  // Paths of layouts and departments, whoever sent them, are left out: `0` comes after `/`.
  const between = sql`(${path} >= ${'/d0'} AND ${path} < ${'/l/'})`;
  const place = joined([sql`${path} < ${'/d/'}`, between, sql`${path} >= ${'/l0'}`, ...among(path, pages)], ' OR ');
  const parts = [...among(layout, layouts), sql`(${layout} = '' AND (${place}))`, ...among(column('widget'), widgets)];
  return sql`(${joined(parts, ' OR ')})`;
}

function siteCondition(site: string, erased: Erased): Sql {
  const gone = erased(site);
  const ofSite = sql`${column('site_id')} = ${site}`;
  return gone.length === 0 ? ofSite : sql`${ofSite} AND ${column('visitor_id')} NOT IN ${list(gone)}`;
}

/** Nothing equals an empty text, which is no value; and no site has an empty name. */
const NEVER = sql`${column('site_id')} = ''`;

export function filterCondition({ dimension, value }: Filter): Sql {
  if (value === '') return NEVER;
  const key = propKeyOf(dimension);
  if (key === null) return sql`${columnOf(dimension)} = ${value}`;
  const equal = jsonCondition(key, value);
  if (equal) return sql`JSON_MATCH(${column('props')}, ${equal})`;
  return sql`${hasProperty(key)} AND ${property(key)} = ${value}`;
}

/** What events are grouped by, and which events have any of it. A property may still be ''. */
export function dimensionOf(dimension: AnyDimension): { value: Sql; present: Sql } {
  const key = propKeyOf(dimension);
  if (key !== null) return { value: property(key), present: hasProperty(key) };
  const value = columnOf(dimension);
  return { value, present: sql`${value} <> ''` };
}

export const named = (name: string): Sql => sql`${column('event_name')} = ${name}`;

/** null where every event counts as a view. */
export const isView = (view: string | null): Sql | null => (view === null ? null : named(view));

export const and = (...conditions: readonly (Sql | null)[]): Sql =>
  joined(
    conditions.filter((each) => each !== null),
    ' AND ',
  );

/** Exact, unlike DISTINCTCOUNTHLL. */
export const VISITORS = sql`DISTINCTCOUNT(${column('visitor_id')})`;

/** Aggregates with a FILTER do not go with GROUP BY before 0.12. */
export const countOf = (condition: Sql | null): Sql =>
  condition === null ? sql`COUNT(*)` : sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

export const sumOfDwell = (name: string): Sql =>
  sql`SUM(CASE WHEN ${named(name)} AND ${column('dwell_ms')} > 0 THEN ${column('dwell_ms')} ELSE 0 END)`;

function columnOf(dimension: AnyDimension): Sql {
  const name = DIMENSIONS.find((known) => known === dimension);
  if (!name) throw new RangeError(`no dimension: ${dimension}`);
  return column(name);
}

function hasProperty(key: string): Sql {
  const any = jsonCondition(key);
  if (!any) throw new RangeError(`no key: ${key}`);
  return sql`JSON_MATCH(${column('props')}, ${any})`;
}

/** Only beside hasProperty: 0.11 fails on a row whose props are no JSON, and '' is none. */
const property = (key: string): Sql => sql`JSONEXTRACTSCALAR(${column('props')}, ${`$['${key}']`}, 'STRING', '')`;
