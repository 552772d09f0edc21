import { trackerDocument } from '@datamesh/contracts/node';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, month } from './month.ts';

const NOW = Date.UTC(2026, 8, 30, 15, 20);
const event = new Ajv2020({ strict: false }).compile(
  (trackerDocument as { components: { schemas: { Event: object } } }).components.schemas.Event,
);

const asked = { seed: 'demo', days: 30, visitors: 1500, site: 'demo', now: NOW };
const made = month(asked);
type Event = (typeof made.events)[number];

const pathOf = ({ url }: Event): string => new URL(url).pathname;
const dayOf = ({ ts }: Event): string => ts.slice(0, 10);
const visitorsOf = (events: readonly Event[]): number => new Set(events.map(({ visitor }) => visitor)).size;
const views = made.events.filter(({ name }) => name === 'view');

describe('a made-up month', () => {
  it('is as many events as are worth looking at', () => {
    const usual = month({ ...asked, visitors: 10_000 });
    expect(usual.events.length).toBeGreaterThan(60_000);
    expect(usual.events.length).toBeLessThan(150_000);
  });

  it('consists of events that the contract allows, each in its place in time', () => {
    for (const item of made.events) if (!event(item)) throw new Error(`${JSON.stringify(item)}: ${JSON.stringify(event.errors)}`);
    const times = made.events.map(({ ts }) => Date.parse(ts));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(Date.UTC(2026, 8, 1));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW);
  });

  it('names every event once, by a UUIDv7 of its own moment', () => {
    expect(new Set(made.events.map(({ id }) => id)).size).toBe(made.events.length);
    for (const { id, ts } of made.events) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse(ts));
    }
  });

  it('is the same from the same seed, whenever it is made: a later run holds what an earlier one held', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]{1,8}$/),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 * DAY }),
        fc.integer({ min: 1, max: 120 }),
        (seed, days, later, visitors) => {
          const one = month({ seed, days, visitors, site: 'demo', now: NOW });
          // The same number of people a day, over as many days more as have begun.
          const begun = Math.floor((NOW + later) / DAY) - Math.floor(NOW / DAY);
          const two = month({ seed, days: days + begun, visitors: (visitors / days) * (days + begun), site: 'demo', now: NOW + later });
          const known = new Map(two.events.map((item) => [item.id, JSON.stringify(item)]));
          for (const item of one.events) if (known.get(item.id) !== JSON.stringify(item)) return false;
          return two.events.filter(({ ts }) => Date.parse(ts) <= NOW).length === one.events.length;
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is another one from another seed', () => {
    const other = new Set(month({ ...asked, seed: 'other' }).events.map(({ id }) => id));
    expect(made.events.some(({ id }) => other.has(id))).toBe(false);
  });

  it('has quiet nights and weekends', () => {
    const perDay = new Map<string, number>();
    const perHour = new Array<number>(24).fill(0);
    const german = views.filter(({ country }) => country === 'DE');
    for (const view of german) perHour[new Date(view.ts).getUTCHours()] = (perHour[new Date(view.ts).getUTCHours()] ?? 0) + 1;
    for (const view of views) perDay.set(dayOf(view), (perDay.get(dayOf(view)) ?? 0) + 1);
    const mean = (weekend: boolean): number => {
      const counts = [...perDay].filter(([day]) => day !== '2026-09-30' && [0, 6].includes(new Date(day).getUTCDay()) === weekend);
      return counts.reduce((sum, [, count]) => sum + count, 0) / counts.length;
    };
    expect(mean(true)).toBeLessThan(mean(false) * 0.6);
    const sum = (...hours: number[]): number => hours.reduce((all, hour) => all + (perHour[hour] ?? 0), 0);
    expect(sum(0, 1, 2, 3)).toBeLessThan(sum(8, 9, 13, 14) * 0.15);
  });

  it('loses people at each step of the funnel, and nobody signs up who was not on the page for it', () => {
    const on = (path: string): Event[] => views.filter((view) => pathOf(view) === path);
    const signups = made.events.filter(({ name }) => name === 'signup');
    const steps = [on('/'), on('/pricing'), on('/signup'), signups].map(visitorsOf);
    expect(steps[3]).toBeGreaterThan(20);
    for (const [at, count] of steps.entries()) if (at > 0) expect(count).toBeLessThan((steps[at - 1] ?? 0) * 0.8);
    for (const { visitor, ts, props } of signups) {
      expect(on('/signup').some((view) => view.visitor === visitor && view.ts < ts)).toBe(true);
      expect(['free', 'team', 'company']).toContain(props?.['plan']);
    }
    expect(new Set(signups.map(({ visitor }) => visitor)).size).toBe(signups.length);
  });

  it('sees people again, fewer with every week', () => {
    const first = new Map<string, number>();
    const cohort = new Map<string, Set<number>>();
    const age = (view: Event): number => Math.floor((Date.parse(dayOf(view)) - (first.get(view.visitor) ?? 0)) / DAY);
    // Of those who came in the first nine days for the first time: the number of their first day is in their name.
    for (const { visitor } of views) first.set(visitor, Number(visitor.split('-').at(-2)) * DAY);
    const early = views.filter(({ visitor }) => {
      const day = first.get(visitor) ?? 0;
      return day >= Date.UTC(2026, 8, 1) && day < Date.UTC(2026, 8, 10);
    });
    for (const view of early) cohort.set(view.visitor, (cohort.get(view.visitor) ?? new Set()).add(Math.floor(age(view) / 7)));
    const back = [0, 1, 2].map((week) => [...cohort.values()].filter((weeks) => weeks.has(week)).length);
    expect(back[0]).toBe(cohort.size);
    expect(back[1]).toBeLessThan(cohort.size * 0.35);
    expect(back[1]).toBeGreaterThan(cohort.size * 0.05);
    expect(back[2]).toBeLessThan(back[1] ?? 0);
  });

  it('leaves pages after they were shown, and dwells no longer than there was time', () => {
    const shown = new Map<string, number>();
    for (const { name, visitor, ts, url, dwell_ms = 0 } of made.events) {
      const key = `${visitor} ${new URL(url).pathname}`;
      if (name === 'view') shown.set(key, Date.parse(ts));
      if (name !== 'dwell' || !shown.has(key)) continue;
      expect(dwell_ms).toBeGreaterThan(0);
      expect(Date.parse(ts) - (shown.get(key) ?? 0)).toBe(dwell_ms);
    }
    expect(shown.size).toBeGreaterThan(1000);
  });

  it('shows two versions of every widget, with how long they took, and some errors', () => {
    const widgets = byWidget(made.events);
    expect([...widgets.keys()].sort()).toEqual(['data-table', 'series-chart', 'world-map']);
    for (const events of widgets.values()) {
      expect(new Set(events.map(({ widget_version }) => widget_version)).size).toBe(2);
      const opened = events.filter(({ name }) => name === 'widget_view');
      const errors = events.filter(({ name }) => name === 'widget_error');
      expect(opened.every(({ load_ms = 0 }) => load_ms > 10 && load_ms <= 20_000)).toBe(true);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.length).toBeLessThan(opened.length * 0.08);
    }
  });

  it('comes from searches, links and campaigns, and from many countries and browsers', () => {
    const distinct = (of: (view: Event) => string | null | undefined): number => new Set(views.map(of).filter(Boolean)).size;
    expect(distinct(({ referrer }) => referrer)).toBeGreaterThanOrEqual(5);
    expect(distinct(({ url }) => new URL(url).searchParams.get('utm_campaign'))).toBe(3);
    expect(distinct(({ country }) => country)).toBeGreaterThanOrEqual(10);
    expect(distinct(({ user_agent }) => user_agent)).toBeGreaterThanOrEqual(8);
  });
});

function byWidget(events: readonly Event[]): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const item of events) if (item.widget) groups.set(item.widget, [...(groups.get(item.widget) ?? []), item]);
  return groups;
}
