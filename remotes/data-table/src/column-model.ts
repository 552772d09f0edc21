/** Which columns are shown, how their figures are written, and how wide they want to be. Pure. */
import { formatNumber, formatSigned, formatSignedPercent } from '@datamesh/widget-sdk';
import { type ColumnType, cellOf, type Row, type SourceColumn } from './source';

export interface Column {
  id: string;
  title: string;
  type: ColumnType;
  unit: string | undefined;
  /** Whether a figure says better or worse: sign and colour. */
  signed: boolean;
  digits: number;
  /** For `grid-template-columns`. */
  width: string;
  /** Pixels below which the table scrolls sideways rather than squeezing this column. */
  least: number;
}

const PIXELS_PER_CHARACTER = 7.4;
/** Figures are never cut: a cut number is another number. Digits and signs are as wide as a fallback font makes them. */
const PIXELS_PER_DIGIT = 8.8;
const PADDING = 20;
const SPARK_WIDTH = 96;
/** Rows that are measured: enough to know a column, cheap with thousands of rows. */
const SAMPLE = 400;

export function columnsOf(source: readonly SourceColumn[], rows: readonly Row[]): Column[] {
  const sample = rows.length <= SAMPLE ? rows : rows.filter((_, index) => index % Math.ceil(rows.length / SAMPLE) === 0);
  return source.map((column) => {
    const signed = column.type === 'percent' || column.id === 'change';
    const digits = digitsOf(column, sample);
    const base = { id: column.id, title: column.title, type: column.type, unit: column.unit, signed, digits };
    if (column.type === 'spark') return { ...base, width: `${SPARK_WIDTH}px`, least: SPARK_WIDTH };
    const longest = sample.reduce((most, row) => Math.max(most, textOf(base, cellOf(row, column.id)).length), 0);
    const header = column.title.length + 2;
    if (isFigure(column.type)) {
      const least = Math.ceil(Math.max(longest * PIXELS_PER_DIGIT, header * PIXELS_PER_CHARACTER)) + PADDING;
      return { ...base, width: `minmax(${least}px, ${Math.max(longest, header)}fr)`, least };
    }
    const characters = Math.min(Math.max(longest, header), 34);
    const least = Math.ceil(Math.min(characters, 14) * PIXELS_PER_CHARACTER) + PADDING;
    return { ...base, width: `minmax(${least}px, ${characters}fr)`, least };
  });
}

export const isFigure = (type: ColumnType): boolean => type === 'number' || type === 'percent';

/** More columns than these are drawn for nobody: each is there in every row on the screen. */
export const MAX_COLUMNS = 200;

interface Named {
  id: string;
}

/** The chosen columns in the chosen order; unknown ids are left out, and no choice means all, or the first of too many. */
export function chosenColumns<C extends Named>(all: readonly C[], chosen: readonly string[]): C[] {
  const byId = new Map(all.map((column) => [column.id, column]));
  const known = chosen.map((id) => byId.get(id)).filter((column) => column !== undefined);
  return (known.length > 0 ? known : all).slice(0, MAX_COLUMNS);
}

/** The choice after a column was switched on or off. The last one cannot be switched off; a new one takes its place in the source's order. */
export function toggleColumn(all: readonly Named[], chosen: readonly string[], id: string): string[] {
  const shown = chosenColumns(all, chosen).map((column) => column.id);
  if (shown.includes(id)) return shown.length === 1 ? shown : shown.filter((other) => other !== id);
  if (shown.length === MAX_COLUMNS) return shown;
  const order = new Map(all.map((column, index) => [column.id, index]));
  const placeOf = (column: string): number => order.get(column) ?? -1;
  const before = shown.findIndex((other) => placeOf(other) > placeOf(id));
  return before === -1 ? [...shown, id] : [...shown.slice(0, before), id, ...shown.slice(before)];
}

/** `-change` is descending by change; empty is the order of the source. */
export function parseSort(sort: string): { id: string; desc: boolean } | null {
  if (sort === '' || sort === '-') return null;
  return sort.startsWith('-') ? { id: sort.slice(1), desc: true } : { id: sort, desc: false };
}

/** Ascending, descending, as in the source; figures begin with the largest. */
export function nextSort(sort: string, column: Column): string {
  const [first, second] = isFigure(column.type) ? [`-${column.id}`, column.id] : [column.id, `-${column.id}`];
  if (sort === first) return second;
  return sort === second ? '' : first;
}

/** A cell as text, also for the filter and for assistive technology. */
export function textOf(column: Pick<Column, 'type' | 'signed' | 'digits'>, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return ''; // a list or a record is no figure of one cell
  if (typeof value !== 'number') return String(value);
  if (column.type === 'percent') return formatSignedPercent(value, column.digits);
  return column.signed ? formatSigned(value, column.digits) : formatNumber(value, column.digits);
}

/** More points than a sparkline is wide. */
const MAX_POINTS = 200;

/** The figures of a small line, as many as can be seen. */
export function sparkOf(values: readonly unknown[]): number[] {
  const step = Math.max(1, Math.ceil(values.length / MAX_POINTS));
  return values.filter((value, index): value is number => Number.isFinite(value) && (index % step === 0 || index === values.length - 1));
}

/** Rows whose visible text holds every word, in any column. */
export function matches(row: Row, columns: readonly Column[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = columns
    .map((column) => textOf(column, cellOf(row, column.id)))
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Numbers by size, text as people sort it; what is missing comes last in both directions. */
export function compareCells(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(wordOf(a), wordOf(b));
}

const wordOf = (value: unknown): string => (typeof value === 'object' ? '' : String(value ?? ''));

export const isMissing = (value: unknown): boolean => value === null || value === undefined || value === '';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function digitsOf(column: SourceColumn, rows: readonly Row[]): number {
  if (column.type === 'percent') return 2;
  return rows.some((row) => typeof cellOf(row, column.id) === 'number' && !Number.isInteger(cellOf(row, column.id))) ? 2 : 0;
}
