/**
 * A stretch of made-up visits. Every visitor is made from the seed, the day of their first visit and a number, so the same day comes out the
 * same whenever and however often it is made, and a later run adds what has happened since.
 */
import { BROWSERS, beginning, business, COUNTRIES } from './audience.ts';
import { chanceOf } from './chance.ts';
import { eventId } from './event-id.ts';
import { type VisitEvent, visit } from './visit.ts';

export const DAY = 86_400_000;
/** Days before the stretch whose visitors still come back: no site begins on the day one looks at it. */
const BEFORE = 28;

/** How likely somebody comes back so many days after their first visit. */
const returns = (age: number, customer: boolean): number => (customer ? 0.05 + 0.32 * Math.exp(-age / 24) : 0.085 * age ** -0.85);

export interface Stretch {
  seed: string;
  days: number;
  visitors: number;
  site: string;
  now: number;
}

/** An event with who did it; `number`: the how manieth of that visitor. */
type LifeEvent = VisitEvent & { number: number; visitor: string; country: string; user_agent: string };

/** As POST /t/events takes it. */
export type MadeEvent = Omit<LifeEvent, 'ts' | 'number'> & { site: string; id: string; ts: string };

export interface Month {
  from: number;
  to: number;
  visitors: number;
  events: MadeEvent[];
}

/**
 * Events of so many days, today's up to now included, the earliest first, as POST /t/events takes them with a trusted key.
 * `visitors`: about how many people come for the first time in the stretch.
 */
export function month({ seed, days, visitors, site, now }: Stretch): Month {
  const last = Math.floor(now / DAY);
  const from = (last - days + 1) * DAY;
  const events: (LifeEvent & { site: string; id: string })[] = [];
  const people = new Set<string>();
  for (let day = Math.floor(from / DAY) - BEFORE; day <= last; day++) {
    const newcomers = chanceOf(seed, 'day', day).count((visitors / days / ORDINARY) * business(day));
    for (let number = 0; number < newcomers; number++) {
      const visitor = `${seed}-${day}-${number}`;
      for (const event of lifeOf(visitor, day, last)) {
        if (event.ts < from || event.ts > now) continue;
        people.add(visitor);
        events.push({ ...event, site, id: eventId(event.ts, visitor, event.number) });
      }
    }
  }
  events.sort((one, other) => one.ts - other.ts || (one.id < other.id ? -1 : 1));
  return {
    from,
    to: now,
    visitors: people.size,
    events: events.map(({ number, ...event }) => ({ ...event, ts: new Date(event.ts).toISOString() })),
  };
}

/** The mean of a week. */
const ORDINARY = Array.from({ length: 7 }, (_, day) => day + 2).reduce((sum, day) => sum + business(day), 0) / 7;

/** All that one visitor does from their first day to the last one, numbered. */
function* lifeOf(visitor: string, first: number, last: number): Generator<LifeEvent> {
  const chance = chanceOf(visitor);
  const country = chance.pick(COUNTRIES);
  const device = chance.pick(BROWSERS);
  let customer = false;
  let number = 0;
  let free = 0;
  for (let day = first; day <= last; day++) {
    const age = day - first;
    if (age > 0 && !chance.happens(returns(age, customer) * Math.min(1.2, business(day)))) continue;
    // Nobody is in two visits at once.
    const begin = Math.max(free, beginning(chance, day, country));
    const { events, signedUp } = visit(chance, begin, { customer, device, first: age === 0 });
    for (const event of events) {
      yield { ...event, number, visitor, country: country.code, user_agent: device };
      number += 1;
      free = event.ts + 1;
    }
    customer ||= signedUp;
  }
}
