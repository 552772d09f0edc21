/** How long a kiosk shows each layout where nothing else is said; milliseconds. */
export const USUAL = 30_000;
const SHORTEST = 5_000;
const LONGEST = 3_600_000;

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

export interface KioskWish {
  /** For how long each layout is shown; milliseconds. */
  interval: number;
  /** What was asked for and cannot be had, as it was written; the usual interval stands in for it. */
  refused: string | null;
}

/** What `?kiosk=45s` asks for (`2m`, `1h`; from 5 s to an hour; without a value the usual interval); null: no kiosk. */
export function kioskWish(search: string): KioskWish | null {
  const wanted = new URLSearchParams(search).get('kiosk');
  if (wanted === null) return null;
  if (wanted === '') return { interval: USUAL, refused: null };
  const [, count, unit] = /^(\d{1,6})([smh])$/i.exec(wanted) ?? [];
  const interval = Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  return interval >= SHORTEST && interval <= LONGEST ? { interval, refused: null } : { interval: USUAL, refused: wanted };
}

/** The query that asks for it. */
export const kioskQuery = (interval: number): string => `?kiosk=${interval / 1_000}s`;
