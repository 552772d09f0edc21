/**
 * SQL for Pinot, which has no parameters. A query is a template; what is put in is either SQL made here, or a value, and a value always
 * becomes a literal. There is no way to put in text as SQL.
 */
import type { StoredEvent } from '../../events/event';

class Fragment {
  constructor(readonly text: string) {}
}

/** Made only by what this file exports. */
export type Sql = Fragment;

type Value = string | number;

export function sql(parts: TemplateStringsArray, ...values: readonly (Sql | Value)[]): Sql {
  return new Fragment(parts.reduce((text, part, index) => text + written(values[index - 1]) + part));
}

export function joined(parts: readonly Sql[], between: ' AND ' | ' OR ' | ' ' | ', '): Sql {
  if (parts.length === 0) throw new RangeError('nothing to join');
  return new Fragment(parts.map(({ text }) => text).join(between));
}

/** `('a', 'b')` */
export const list = (values: readonly Value[]): Sql =>
  sql`(${joined(
    values.map((value) => sql`${value}`),
    ', ',
  )})`;

function written(value: Sql | Value | undefined): string {
  if (value instanceof Fragment) return value.text;
  if (value === undefined) throw new RangeError('nothing to put in');
  return typeof value === 'string' ? textLiteral(value) : numberLiteral(value);
}

function numberLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`no whole number: ${value}`);
  return String(value);
}

/**
 * A quote within a text is doubled, as everywhere; backslashes and comments mean nothing inside quotes. But Pinot (up to 1.3 always, then by a
 * setting that is on) makes two quotes in a row into one once more, after parsing: such a text would be another one, and SQL within a
 * literal another query. So quotes in a row are never written: they are put in by a function that Pinot computes before it looks at the query.
 */
function textLiteral(value: string): string {
  if (!value.includes("''")) return `'${value.replaceAll("'", "''")}'`;
  const mark = markNotIn(value);
  return `REPLACE('${value.replaceAll("'", mark)}', '${mark}', '''')`;
}

function markNotIn(value: string): string {
  for (const mark of '^~|`!#') if (!value.includes(mark)) return mark;
  for (let code = 0xe000; ; code++) if (!value.includes(String.fromCharCode(code))) return String.fromCharCode(code);
}

/** The columns of the table: an event's fields, and what the sink adds. */
const COLUMNS = new Set<string>([
  'event_id',
  'site_id',
  'received_ts',
  'ts',
  'event_name',
  'path',
  'host',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'visitor_id',
  'session_id',
  'country',
  'browser',
  'os',
  'device',
  'widget',
  'widget_version',
  'panel_id',
  'layout_id',
  'dwell_ms',
  'load_ms',
  'dropped',
  'props',
  'prop_keys',
] satisfies (keyof StoredEvent | 'prop_keys')[]);

/** Always quoted: what is a reserved word differs between versions. */
export function column(name: string): Sql {
  if (!COLUMNS.has(name)) throw new RangeError(`no column: ${name}`);
  return new Fragment(`"${name}"`);
}

/**
 * The argument of JSON_MATCH: SQL in a literal, for a key as scope.ts lets it pass. A quote within the inner text would have to be doubled twice,
 * and Pinot takes two quotes for one twice as well; a value with quotes cannot be asked for like this, and null says so.
 */
export function jsonCondition(key: string, equal?: string): Sql | null {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) throw new RangeError(`no key: ${key}`);
  if (equal === undefined) return sql`${`"$.${key}" IS NOT NULL`}`;
  return equal === '' || equal.includes("'") ? null : sql`${`"$.${key}" = '${equal}'`}`;
}

/** A table's name comes from the operator's settings, and is checked nevertheless. */
export function table(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new RangeError(`no name of a table: ${name}`);
  return new Fragment(`"${name}"`);
}
