/** Visits of a busy web site as the collector stores them, always the same for the same numbers: in order of time, many visits at once. */
import type { StoredEvent } from '../../../tracker/src/events/event';

export interface Traffic {
  site: string;
  events: number;
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
}

const DAY = 86_400_000;
const AT_ONCE = 200;
const PEOPLE = 300_000;
const PAGES = 2000;
const BROWSERS = ['Chrome', 'Safari', 'Firefox', 'Edge'] as const;
const COUNTRIES = ['DE', 'FR', 'GB', 'US', 'JP', 'BR', 'IN'] as const;

interface Visit {
  visitor: string;
  session: string;
  person: number;
  left: number;
  page: number;
  referrer: string | null;
}

export function* visits({ site, events, from, to }: Traffic): Generator<StoredEvent> {
  const random = numbers(20261123);
  const under = (limit: number): number => Math.floor(random() * limit);
  const begin = (at: number): Visit => {
    const person = Math.floor(random() ** 2 * PEOPLE);
    return {
      person,
      // Another name each day, as on every site that does not ask for a sign-in.
      visitor: token(person, Math.floor(at / DAY), 22),
      session: token(person, at, 16),
      left: 1 + under(16),
      page: popular(random()),
      referrer: random() < 0.3 ? 'https://search.example/results' : null,
    };
  };
  const open = Array.from({ length: AT_ONCE }, () => begin(from));
  for (let index = 0; index < events; index++) {
    const ts = from + Math.floor((index / events) * (to - from));
    const place = under(AT_ONCE);
    let visit = open[place];
    if (!visit || visit.left === 0) {
      visit = begin(ts);
      open[place] = visit;
    }
    visit.left--;
    const kind = random();
    const name = kind < 0.5 ? 'view' : kind < 0.95 ? 'dwell' : 'signup';
    if (name === 'view') visit.page = popular(random());
    yield {
      event_id: idOf(ts, index, under(2 ** 31)),
      site_id: site,
      received_ts: ts,
      ts,
      event_name: name,
      path: visit.page === 0 ? '/' : `/articles/${visit.page}`,
      host: 'www.example.com',
      referrer: visit.referrer,
      utm_source: null,
      utm_medium: null,
      utm_campaign: null,
      visitor_id: visit.visitor,
      session_id: visit.session,
      country: COUNTRIES[visit.person % COUNTRIES.length] ?? null,
      browser: BROWSERS[visit.person % BROWSERS.length] ?? null,
      os: visit.person % 3 === 0 ? 'Android' : 'Windows',
      device: visit.person % 3 === 0 ? 'mobile' : 'desktop',
      widget: null,
      widget_version: null,
      panel_id: null,
      layout_id: null,
      dwell_ms: name === 'dwell' ? 1 + under(15_000) : null,
      load_ms: null,
      dropped: null,
      props: name === 'signup' ? `{"plan":"${index % 3 === 0 ? 'pro' : 'free'}"}` : null,
    };
  }
}

/** A few pages have most of the views. */
const popular = (at: number): number => Math.floor(at ** 4 * PAGES);

/** Version 7, ascending. */
function idOf(ts: number, index: number, noise: number): string {
  const time = ts.toString(16).padStart(12, '0');
  const order = (index % 0x1000).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-8${hex(noise, 3)}-${hex(noise, 8)}${hex(index, 4)}`;
}

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, '0').slice(-digits);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** As long and as little alike as the collector's hashes: of two seeds, as one has too few values for a million sessions to differ. */
function token(one: number, other: number, length: number): string {
  const seeds = [
    Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other % 0x7fffffff, 0x85ebca6b),
    Math.imul(one + 7, 0xc2b2ae35) + Math.floor(other / 7),
  ];
  const [even, odd] = seeds.map(numbers);
  let text = '';
  for (let index = 0; index < length; index++) text += ALPHABET[Math.floor(((index % 2 === 0 ? even : odd)?.() ?? 0) * 64)];
  return text;
}

/** A small generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
