/** What somebody does in one visit: a list of events without id and sender, in the order in which they happen. */
import { SOURCES, type Source } from './audience.ts';
import type { Chance, Weighted } from './chance.ts';
import { loadOf, WIDGETS, widgetVersion } from './widgets.ts';

/** `ts`: milliseconds since 1970. */
export interface VisitEvent {
  name: string;
  ts: number;
  url: string;
  referrer?: string;
  dwell_ms?: number;
  load_ms?: number;
  widget?: string;
  widget_version?: string;
  props?: Record<string, string | number | boolean>;
}

type Fields = Omit<VisitEvent, 'name' | 'ts' | 'url'>;

const HOST = 'https://www.example.com';

const READING: Weighted<string> = [
  [10, '/'],
  [7, '/features'],
  [4, '/customers'],
  [9, '/docs/getting-started'],
  [6, '/docs/widgets'],
  [5, '/docs/interop'],
  [3, '/docs/deployment'],
  [5, '/blog/what-is-new'],
  [6, '/blog/one-page-many-teams'],
  [3, '/about'],
];

const PLANS: Weighted<{ plan: string; seats: [least: number, most: number] }> = [
  [60, { plan: 'free', seats: [1, 3] }],
  [30, { plan: 'team', seats: [3, 25] }],
  [10, { plan: 'company', seats: [25, 400] }],
];

/** Median of how long a page is looked at. */
const READ = 26_000;

/** Customers come to work, others to read, and some of those to see what it costs. */
export function visit(
  chance: Chance,
  begin: number,
  { customer, device, first }: { customer: boolean; device: string; first: boolean },
): { events: VisitEvent[]; signedUp: boolean } {
  const source = chance.pick(SOURCES);
  const walk = new Walk(chance, begin);
  if (customer) return { events: atWork(walk, chance), signedUp: false };
  const evaluates = chance.happens(first ? 0.3 : 0.45);
  const landing = source.page ?? (evaluates ? (chance.happens(0.85) ? '/' : '/features') : chance.pick(READING));
  walk.page(landing, source);
  if (!evaluates) return { events: reading(walk, chance), signedUp: false };
  return { events: walk.events, signedUp: evaluating(walk, chance, { landing, phone: /Mobile/.test(device) }) };
}

function reading(walk: Walk, chance: Chance): VisitEvent[] {
  // Somebody who leaves after one page is the rule, not the exception.
  for (let more = 0.52; chance.happens(more); more *= 0.86) walk.page(chance.pick(READING));
  return walk.events;
}

function evaluating(walk: Walk, chance: Chance, { landing, phone }: { landing: string; phone: boolean }): boolean {
  if (landing !== '/' && chance.happens(0.7)) walk.page('/');
  if (chance.happens(0.35)) walk.page('/features');
  if (!chance.happens(0.82)) return false;
  walk.page('/pricing');
  if (chance.happens(0.2)) walk.page('/customers');
  if (!chance.happens(phone ? 0.24 : 0.42)) return false;
  walk.page('/signup');
  if (!chance.happens(phone ? 0.35 : 0.52)) return false;
  const { plan, seats } = chance.pick(PLANS);
  walk.event('signup', { props: { plan, seats: chance.whole(...seats), trial: plan !== 'free' && chance.happens(0.8) } });
  if (chance.happens(0.7)) walk.page('/docs/getting-started');
  return true;
}

function atWork(walk: Walk, chance: Chance): VisitEvent[] {
  walk.page('/app', {}, () => {
    const shown = (chance.happens(0.75) ? WIDGETS : WIDGETS.slice(0, 2)).map((widget) => {
      const version = widgetVersion(widget, walk.at, chance.next());
      return { widget, version, about: { widget: widget.name, widget_version: version }, load: loadOf(chance, widget, version) };
    });
    // They load side by side and are left together.
    const begin = walk.at;
    const works = shown.filter(({ widget, version, about, load }) => {
      walk.at = begin + load;
      walk.event('widget_view', { ...about, load_ms: load });
      const fails = chance.happens(widget.fails(version));
      if (fails) walk.event('widget_error', { ...about, props: { reason: chance.pick(widget.reasons) } });
      return !fails;
    });
    const stay = Math.round(Math.min(900_000, chance.around(70_000, 0.9)));
    walk.at = begin + Math.max(...shown.map(({ load }) => load)) + stay;
    for (const { about } of works) walk.event('widget_dwell', { ...about, dwell_ms: stay });
  });
  if (chance.happens(0.15))
    walk.event('export', {
      props: {
        format: chance.pick([
          [7, 'csv'],
          [3, 'parquet'],
        ]),
      },
    });
  if (chance.happens(0.2)) walk.page(chance.pick(READING.filter(([, path]) => path.startsWith('/docs'))));
  return walk.events;
}

/** Goes through pages while the clock runs. */
class Walk {
  readonly events: VisitEvent[] = [];
  at: number;
  #chance: Chance;
  #url = `${HOST}/`;

  constructor(chance: Chance, begin: number) {
    this.#chance = chance;
    this.at = begin;
  }

  /** Shown, and left after it was looked at, or after what was done on it: what is measured of a page is its view and its dwell. */
  page(path: string, { utm, referrer }: Source = {}, act: () => void = () => this.#pause(READ, 0.9)): void {
    this.#url = `${HOST}${path}`;
    const query = utm ? `?utm_source=${utm.source}&utm_medium=${utm.medium}&utm_campaign=${utm.campaign}` : '';
    const shown = this.at;
    this.#add('view', this.#url + query, referrer ? { referrer } : {});
    act();
    this.#add('dwell', this.#url, { dwell_ms: this.at - shown });
    this.#pause(1_500, 0.7);
  }

  /** Something that happens on the page one is on. */
  event(name: string, fields: Fields): void {
    this.#add(name, this.#url, fields);
    this.at += 1;
  }

  #pause(median: number, spread: number): void {
    this.at += Math.ceil(Math.min(900_000, this.#chance.around(median, spread)));
  }

  #add(name: string, url: string, fields: Fields): void {
    this.events.push({ name, ts: this.at, url, ...fields });
  }
}
