/** Widgets that customers of the made-up site look at. Each gets a new version every 30 days, so that a month shows two. */

const DAY = 86_400_000;
const PACE = 30;

import type { Chance, Weighted } from './chance.ts';

interface Widget {
  name: string;
  major: number;
  /** On which of the 30 days. */
  released: number;
  /** Median of milliseconds, of the version before and of the newer one. */
  load: [before: number, newer: number];
  /** How likely it is. */
  fails(version: string): number;
  reasons: Weighted<string>;
}

export const WIDGETS: readonly Widget[] = [
  {
    name: 'series-chart',
    major: 2,
    released: 11,
    load: [340, 230],
    fails: (version) => (isNewer(version) ? 0.004 : 0.012),
    reasons: [
      [7, 'unavailable'],
      [3, 'threw'],
    ],
  },
  {
    name: 'data-table',
    major: 1,
    released: 17,
    load: [210, 460],
    fails: (version) => (isNewer(version) ? 0.035 : 0.006),
    reasons: [
      [2, 'unavailable'],
      [8, 'threw'],
    ],
  },
  { name: 'world-map', major: 1, released: 23, load: [620, 600], fails: () => 0.009, reasons: [[1, 'unavailable']] },
];

const isNewer = (version: string): boolean => Number(version.split('.')[1]) % 2 === 1;

/** The version of that moment: on its first three days only a part of the pages has it. */
export function widgetVersion({ major, released }: Widget, at: number, share: number): string {
  const day = at / DAY - released;
  const release = Math.floor(day / PACE);
  const rollout = Math.min(1, (day - release * PACE + 0.5) / 3);
  return `${major}.${(share < rollout ? release : release - 1) % 100}.0`;
}

export const loadOf = (chance: Chance, { load }: Widget, version: string): number =>
  Math.round(Math.min(20_000, chance.around(load[isNewer(version) ? 1 : 0], 0.55)));
