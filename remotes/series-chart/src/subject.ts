/** What the chart is about, and between which days: read from what other widgets say. Pure. */
import type { Context, Settings } from '@datamesh/widget-sdk';

export type Subject = { kind: 'instrument'; id: string; name: string | null } | { kind: 'airport'; id: string; name: string | null };

/** Calendar days, inclusive; null is open. */
export interface Range {
  from: string | null;
  to: string | null;
}

export const OPEN: Range = { from: null, to: null };

export function subjectOf(context: Context): Subject | null {
  const name = typeof context.name === 'string' ? context.name : null;
  if (context.type === 'fdc3.instrument') return identified('instrument', context.id?.['ticker'], name);
  if (context.type === 'datamesh.airport') return identified('airport', context.id?.['iata'], name);
  return null;
}

/** It is part of an address, and of what is read out. */
const LONGEST = 200;

function identified(kind: Subject['kind'], id: unknown, name: string | null): Subject | null {
  return typeof id === 'string' && id !== '' && id.length <= LONGEST ? { kind, id, name: name?.slice(0, LONGEST) ?? null } : null;
}

/** fdc3.timeRange; without times, or cleared, everything is in range. */
export function rangeOf(context: Context): Range {
  if (context['clear'] === true) return OPEN;
  return { from: dayOf(context['startTime']), to: dayOf(context['endTime']) };
}

/** The UTC day of an instant: closes are dated by day, so an end of `…T23:59:59Z` includes its day. */
function dayOf(instant: unknown): string | null {
  if (typeof instant !== 'string') return null;
  const time = Date.parse(instant);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

export interface ChartSettings {
  source: string;
  airportsSource: string;
  symbol: string;
  kind: 'line' | 'area';
  compare: boolean;
  destinations: number;
}

export function readSettings(settings: Settings): ChartSettings {
  const text = (key: string, fallback: string): string => {
    const value = settings[key];
    return typeof value === 'string' && value !== '' ? value : fallback;
  };
  const destinations = settings['destinations'];
  return {
    source: text('source', 'markets'),
    airportsSource: text('airports-source', 'operations'),
    symbol: text('symbol', ''),
    kind: settings['kind'] === 'line' ? 'line' : 'area',
    compare: settings['compare'] === true,
    destinations: typeof destinations === 'number' && destinations >= 1 ? Math.floor(destinations) : 10,
  };
}
