/** Which events of the live list are new since the last answer. Events come without their id: what they say tells them apart. Pure. */
import type { Live } from '@datamesh/contracts';

type Recent = Live['recent'][number];

export const keyOf = ({ ts, name, path, widget, country, browser, device }: Recent): string =>
  JSON.stringify([ts, name, path, widget, country, browser, device]);

export function freshOf(before: readonly Recent[], now: readonly Recent[]): ReadonlySet<string> {
  const old = new Set(before.map(keyOf));
  return new Set(now.map(keyOf).filter((key) => !old.has(key)));
}
