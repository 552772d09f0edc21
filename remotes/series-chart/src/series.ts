/** Figures of a chart from figures of a source: cut to a range, indexed, summed. Pure. */
import { DataError } from '@datamesh/widget-sdk';
import type { Range } from './subject';
import { say } from './words';

/** ISO calendar day and value. */
export type Point = [day: string, value: number];

export interface SeriesAnswer {
  caption: string;
  symbol: string;
  name: string;
  unit: string;
  points: Point[];
}

export interface Route {
  destination: string;
  name: string;
  city: string;
  flights: number;
}

export interface RoutesAnswer {
  caption: string;
  iata: string;
  name: string;
  routes: Route[];
}

/** More than these cannot be told apart in any panel, and would be as many rows of the figure's table. */
const MAX_POINTS = 10_000;

/** As the data service answers it, checked before it is drawn: a source is a setting and may name anything. */
export function asSeries(answer: unknown): SeriesAnswer {
  const { caption, symbol, name, unit, points } = fieldsOf(answer);
  if (!Array.isArray(points)) throw new DataError('not_a_series', 'The source holds no series: points were expected');
  const right = points.filter(isPoint);
  const step = Math.ceil(right.length / MAX_POINTS);
  return {
    caption: textOf(caption),
    symbol: textOf(symbol),
    name: textOf(name),
    unit: textOf(unit),
    points: step > 1 ? right.filter((_, index) => index % step === 0 || index === right.length - 1) : right,
  };
}

export function asRoutes(answer: unknown): RoutesAnswer {
  const { caption, iata, name, routes } = fieldsOf(answer);
  if (!Array.isArray(routes)) throw new DataError('not_routes', 'The source holds no routes');
  return {
    caption: textOf(caption),
    iata: textOf(iata),
    name: textOf(name),
    routes: routes
      .map(fieldsOf)
      .flatMap(({ destination, name: full, city, flights }) =>
        typeof flights === 'number' && Number.isFinite(flights) && flights >= 0
          ? [{ destination: textOf(destination), name: textOf(full), city: textOf(city), flights }]
          : [],
      ),
  };
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isPoint = (point: unknown): point is Point =>
  Array.isArray(point) &&
  typeof point[0] === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(point[0]) &&
  !Number.isNaN(Date.parse(point[0])) &&
  Number.isFinite(point[1]);

export function cut(points: readonly Point[], range: Range): Point[] {
  return points.filter(([day]) => (range.from === null || day >= range.from) && (range.to === null || day <= range.to));
}

/** 100 at the first point, so that a share and an index can stand in one picture. */
export function indexed(points: readonly Point[]): Point[] {
  const base = points[0]?.[1];
  if (!base) return [];
  return points.map(([day, value]) => [day, (value / base) * 100]);
}

/** Values of `other` at the days of `points`; null where it has none. */
export function alignTo(points: readonly Point[], other: readonly Point[]): (number | null)[] {
  const byDay = new Map(other);
  return points.map(([day]) => byDay.get(day) ?? null);
}

/** Last value, and the change against the one before it, in points of percent. */
export function latest(points: readonly Point[]): { day: string; value: number; percent: number | null } | null {
  const last = points.at(-1);
  if (!last) return null;
  const before = points.at(-2)?.[1];
  return { day: last[0], value: last[1], percent: before ? ((last[1] - before) / before) * 100 : null };
}

export interface Bar {
  label: string;
  detail: string;
  flights: number;
  rest: boolean;
}

/** The busiest destinations, and the sum of all others as one bar. */
export function topRoutes(routes: readonly Route[], count: number): Bar[] {
  const sorted = [...routes].sort((a, b) => b.flights - a.flights);
  // One bar called "1 other" would say less than that destination itself.
  const keep = sorted.length === count + 1 ? count + 1 : count;
  const bars = sorted.slice(0, keep).map(
    ({ destination, city, name, flights }): Bar => ({
      label: destination,
      detail: [city, name].filter(Boolean).join(' · '),
      flights,
      rest: false,
    }),
  );
  const others = sorted.slice(keep);
  if (others.length > 0) {
    const flights = others.reduce((sum, route) => sum + route.flights, 0);
    bars.push({ label: say('{count} others', { count: others.length }), detail: say('All other destinations'), flights, rest: true });
  }
  return bars;
}

/** Days at which the time axis is labelled: years, or months where there are few of them. */
export function timeTicks(fromDay: string, toDay: string, most: number): string[] {
  const [fromYear, fromMonth] = yearMonth(fromDay);
  const [toYear, toMonth] = yearMonth(toDay);
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth;
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((size) => months / size <= most) ?? 240;
  const ticks: string[] = [];
  for (let month = Math.ceil((fromYear * 12 + fromMonth) / step) * step; month <= toYear * 12 + toMonth; month += step) {
    ticks.push(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`);
  }
  return ticks.filter((day) => day >= fromDay.slice(0, 7) && day <= toDay);
}

const yearMonth = (day: string): [number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];

/** How often a series has a value, from the distance most of its days have. */
export function cadence(points: readonly Point[]): 'daily' | 'weekly' | 'monthly' | 'yearly' {
  const gaps = points.slice(1).map(([day], index) => (Date.parse(day) - Date.parse(points[index]?.[0] ?? day)) / 86_400_000);
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 30;
  if (middle < 5) return 'daily';
  if (middle < 20) return 'weekly';
  return middle < 200 ? 'monthly' : 'yearly';
}
