/** 200,000 events of a shop, always the same: visits with pages, a funnel, dwell and widgets, spread over two weeks. */
import type { TrackerEvent } from '@datamesh/contracts';

export const SITE = 'shop';
const DAY = 86_400_000;
export const DAYS = 14;

/** Ends at the last midnight, so that a range of whole days holds all of it. */
export const trafficRange = (now: number): { from: number; to: number } => {
  const to = Math.floor(now / DAY) * DAY;
  return { from: to - DAYS * DAY, to };
};

/** One event after the other, in the order of a visit; never two of one visitor at the same millisecond. */
export function* traffic(now: number): Generator<TrackerEvent> {
  const random = mulberry32(20261123);
  const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
  const { from, to } = trafficRange(now);
  for (let visit = 0; ; visit++) {
    const visitor = `visitor-${Math.floor(random() ** 2 * 3000)}`;
    // Each visit begins in a slot of its own, so that no two visits of a visitor touch the same millisecond.
    let ts = from + Math.floor((visit / 70_000) * (to - from - DAY / 2)) + Math.floor(random() * (DAY / 2));
    const browser = pick(BROWSERS);
    const country = pick(['DE', 'FR', 'GB', 'US', 'JP']);
    const source = pick(['', '', 'https://search.example/results', 'https://news.example/today']);
    const event = (fields: Partial<TrackerEvent>): TrackerEvent => {
      ts += 1000 + Math.floor(random() * 20_000);
      return {
        site: SITE,
        id: idOf(ts, random),
        ts: new Date(ts).toISOString(),
        visitor,
        user_agent: browser,
        country,
        ...fields,
      };
    };
    const view = (path: string, more: Partial<TrackerEvent> = {}): TrackerEvent =>
      event({ name: 'view', url: `https://shop.example${path}`, ...more });
    yield view('/', source ? { referrer: source } : {});
    yield event({ name: 'dwell', path: '/', dwell_ms: Math.floor(random() * 60_000) });
    if (random() < 0.6) yield view(`/docs/${Math.floor(random() ** 2 * 60)}?utm_source=mail&utm_campaign=${pick(['spring', 'autumn'])}`);
    if (random() < 0.4) {
      yield view('/pricing');
      yield event({ name: 'dwell', path: '/pricing', dwell_ms: Math.floor(random() * 120_000) });
      if (random() < 0.5)
        yield event({
          name: 'signup',
          path: '/pricing',
          props: { plan: pick(['free', 'pro', 'O\'Hara & "Söhne"']), seats: 1 + Math.floor(random() * 5) },
        });
    }
    if (random() < 0.3) {
      const widget = {
        path: '/d/sales',
        widget: pick(['data-table', 'series-chart']),
        widget_version: pick(['1.0.0', '1.1.0']),
        panel_id: 'p1',
        layout_id: 'home',
      };
      yield event({ name: 'widget_view', ...widget, load_ms: 80 + Math.floor(random() ** 3 * 4000) });
      yield event({ name: 'widget_dwell', ...widget, dwell_ms: Math.floor(random() * 300_000) });
      if (random() < 0.05) yield event({ name: 'widget_error', ...widget });
    }
  }
}

const BROWSERS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
] as const;

function idOf(ts: number, random: () => number): string {
  const time = ts.toString(16).padStart(12, '0');
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** A small generator of numbers in [0, 1) that gives the same row for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
