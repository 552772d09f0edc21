/** Who comes to the made-up site, from where and with what: [weight, value] each. */

import type { Chance, Weighted } from './chance.ts';

/** `ahead`: hours before UTC, for the hours in which people are awake. */
export interface Country {
  code: string;
  ahead: number;
}

/** How a visit begins. `page`: where the link leads. */
export interface Source {
  referrer?: string;
  utm?: { source: string; medium: string; campaign: string };
  page?: string;
}

export const COUNTRIES: Weighted<Country> = [
  [30, { code: 'US', ahead: -6 }],
  [14, { code: 'DE', ahead: 1 }],
  [11, { code: 'GB', ahead: 0 }],
  [9, { code: 'IN', ahead: 5 }],
  [8, { code: 'FR', ahead: 1 }],
  [6, { code: 'CA', ahead: -5 }],
  [6, { code: 'NL', ahead: 1 }],
  [5, { code: 'BR', ahead: -3 }],
  [5, { code: 'JP', ahead: 9 }],
  [3, { code: 'AU', ahead: 10 }],
  [3, { code: 'ES', ahead: 1 }],
];

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6';

export const BROWSERS: Weighted<string> = [
  [34, `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`],
  [14, `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36`],
  [12, `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/141.0.0.0`],
  [9, `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`],
  [8, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'],
  [4, `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`],
  [2, 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
  [9, `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`],
  [7, `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`],
  [1, `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`],
];

export const SOURCES: Weighted<Source> = [
  [34, {}],
  [24, { referrer: 'https://www.google.com/' }],
  [4, { referrer: 'https://duckduckgo.com/' }],
  [4, { referrer: 'https://www.bing.com/' }],
  [7, { referrer: 'https://github.com/' }],
  [6, { referrer: 'https://www.linkedin.com/' }],
  [4, { referrer: 'https://news.ycombinator.com/item', page: '/blog/one-page-many-teams' }],
  [9, { utm: { source: 'newsletter', medium: 'email', campaign: 'release-notes' }, page: '/blog/what-is-new' }],
  [5, { utm: { source: 'google', medium: 'cpc', campaign: 'dashboards' }, referrer: 'https://www.google.com/' }],
  [3, { utm: { source: 'linkedin', medium: 'social', campaign: 'customer-stories' }, referrer: 'https://www.linkedin.com/' }],
];

/** Share of a day's visits by the hour of the visitor's own clock. */
const WORKDAY = [2, 1, 1, 1, 1, 2, 5, 12, 28, 44, 50, 48, 36, 40, 48, 46, 40, 30, 20, 16, 14, 12, 8, 4];
const WEEKEND = [4, 3, 2, 1, 1, 1, 2, 5, 10, 18, 24, 26, 24, 22, 22, 22, 21, 20, 20, 20, 18, 15, 11, 7];
const hours = (weights: readonly number[]): Weighted<number> => weights.map((weight, hour) => [weight, hour]);
const HOURS = { workday: hours(WORKDAY), weekend: hours(WEEKEND) };

/** How busy a weekday is, Sunday first. */
const WEEK = [0.38, 1.02, 1.12, 1.1, 1.05, 0.88, 0.42];

const weekday = (day: number): number => new Date(day * 86_400_000).getUTCDay();

/** 1 is an ordinary day; `day` counts from 1970, in UTC. Every 19th brings a newsletter, and every second month is a bit better. */
export const business = (day: number): number =>
  (WEEK[weekday(day)] ?? 1) * (day % 19 === 0 ? 1.5 : day % 19 === 1 ? 1.2 : 1) * (1 + 0.12 * Math.sin(day / 19));

/** Milliseconds since 1970 at which a visit on that day begins. */
export function beginning(chance: Chance, day: number, { ahead }: Country): number {
  const weekend = [0, 6].includes(weekday(day));
  const hour = chance.pick(weekend ? HOURS.weekend : HOURS.workday);
  return day * 86_400_000 + ((hour - ahead + 24) % 24) * 3_600_000 + Math.floor(chance.next() * 3_600_000);
}
