/** What a department pins, as three sides know it: the folder, the server, and both when it was pulled. Pure. */
import type { LayoutsIndex } from '@datamesh/contracts';

export interface Pins {
  home: string | null;
  /** Ids, in their order. */
  layouts: readonly string[];
}

export type PinStep =
  | { kind: 'pin'; layout: string; before: string | null }
  | { kind: 'unpin'; layout: string }
  | { kind: 'home'; layout: string };

export const pinsIn = ({ home, layouts }: LayoutsIndex): Pins => ({ home, layouts: layouts.map(({ id }) => id) });

export const samePins = (a: Pins, b: Pins): boolean => a.home === b.home && String(a.layouts) === String(b.layouts);

/** Both sides together; undefined where each has changed something. */
export function mergedPins(base: Pins, mine: Pins, theirs: Pins): Pins | undefined {
  if (samePins(mine, theirs) || samePins(mine, base)) return theirs;
  return samePins(theirs, base) ? mine : undefined;
}

/** From what is pinned to what is to be, one call each; at no moment is more pinned than before and after. */
export function pinSteps(from: Pins, to: Pins): PinStep[] {
  const steps: PinStep[] = from.layouts.filter((id) => !to.layouts.includes(id)).map((layout) => ({ kind: 'unpin', layout }));
  let now = from.layouts.filter((id) => to.layouts.includes(id));
  // From the last one on, so that what it comes before is in its place already.
  for (let at = to.layouts.length - 1; at >= 0; at--) {
    const layout = to.layouts[at] as string;
    const before = to.layouts[at + 1] ?? null;
    const place = now.indexOf(layout);
    if (place !== -1 && (now[place + 1] ?? null) === before) continue;
    now = now.filter((id) => id !== layout);
    now = now.toSpliced(before === null ? now.length : now.indexOf(before), 0, layout);
    steps.push({ kind: 'pin', layout, before });
  }
  // What the first pin, or an unpinned home, makes the home is the server's to say: it is said again.
  if (to.home !== null && (to.home !== from.home || !from.layouts.includes(to.home))) steps.push({ kind: 'home', layout: to.home });
  return steps;
}
