/** What a file holds: named, typed columns, and rows that come in portions, so that a file of any length needs little memory. */
import type { AnyDimension, Series } from '@datamesh/contracts';
import type { StoredEvent } from '../../events/event';
import type { Calendar } from '../calendar';
import type { Cursor, TopItem } from '../port';

export type ColumnType = 'text' | 'number' | 'instant';
/** Instants are milliseconds since the epoch. */
export type Cell = string | number | null;

export interface Column {
  name: string;
  type: ColumnType;
}

/** By whose clocks the times in a file are written. */
export interface FileZone {
  /** IANA name. */
  zone: string;
  calendar: Calendar;
}

export interface Table {
  columns: readonly Column[];
  portions: AsyncIterable<Cell[][]>;
}

/** Rows that are encoded in one go: the collector's events wait for as long. */
const PORTION = 2000;
/** Events of one question to the engine. */
const PAGE = 10_000;

const EVENT_COLUMNS = {
  event_id: 'text',
  site_id: 'text',
  ts: 'instant',
  received_ts: 'instant',
  event_name: 'text',
  path: 'text',
  host: 'text',
  referrer: 'text',
  utm_source: 'text',
  utm_medium: 'text',
  utm_campaign: 'text',
  visitor_id: 'text',
  session_id: 'text',
  country: 'text',
  browser: 'text',
  os: 'text',
  device: 'text',
  widget: 'text',
  widget_version: 'text',
  panel_id: 'text',
  layout_id: 'text',
  dwell_ms: 'number',
  load_ms: 'number',
  props: 'text',
} as const satisfies Record<Exclude<keyof StoredEvent, 'dropped'>, ColumnType>;

const EVENT_NAMES = Object.keys(EVENT_COLUMNS) as (keyof typeof EVENT_COLUMNS)[];

/** The first page is asked for at once: what is wrong with the question is an answer, not a broken file. */
export async function eventsTable(page: (after: Cursor | null, limit: number) => Promise<StoredEvent[]>): Promise<Table> {
  const first = await page(null, PAGE);
  async function* rows(): AsyncGenerator<Cell[][]> {
    for (let events = first; ; ) {
      for (let start = 0; start < events.length; start += PORTION)
        yield events.slice(start, start + PORTION).map((event) => EVENT_NAMES.map((name) => event[name]));
      const last = events.at(-1);
      if (!last || events.length < PAGE) return;
      events = await page(last, PAGE);
    }
  }
  return { columns: EVENT_NAMES.map((name) => ({ name, type: EVENT_COLUMNS[name] })), portions: rows() };
}

export function seriesTable(points: Series['points']): Table {
  const columns: Column[] = [
    { name: 'start', type: 'instant' },
    { name: 'views', type: 'number' },
    { name: 'visitors', type: 'number' },
  ];
  const rows = points.map(({ t, views, visitors }) => [Date.parse(t), views, visitors]);
  return { columns, portions: inPortions(rows) };
}

export function topTable(dimension: AnyDimension, items: readonly TopItem[]): Table {
  const columns: Column[] = [
    { name: dimension, type: 'text' },
    { name: 'views', type: 'number' },
    { name: 'visitors', type: 'number' },
    { name: 'dwell_ms', type: 'number' },
  ];
  const rows = items.map(({ value, views, visitors, dwellMs }) => [value, views, visitors, dwellMs]);
  return { columns, portions: inPortions(rows) };
}

async function* inPortions(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  for (let start = 0; start < rows.length; start += PORTION) yield rows.slice(start, start + PORTION);
}
