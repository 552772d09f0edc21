/**
 * What the first layout shows is asked for as soon as it is known, while the page around it is still being built: the panels then find it under
 * way. On a slow network that is the time of a round trip, on a slow machine that of building the page.
 */
import { stacksOf } from '@datamesh/layout';
import type { Place } from '../dashboard/loading';
import { load } from '../remotes/federation';
import { preload } from '../remotes/integrity';
import { isResolution } from '../remotes/resolution';

/** More of them would keep the page's first picture waiting; the others come when their panels ask. */
const MAX_WIDGETS = 12;

/** Resolves when all of it came or failed. Call it only where the browser can check what it loads (remotes/support.ts). */
export async function loadAhead(place: Place): Promise<void> {
  if (place.kind !== 'layout') return;
  const { layout, resolution } = place.answer;
  const inFront = new Set([...stacksOf(layout.tree)].map(({ stack }) => layout.panels[stack.panels[stack.active] ?? '']?.widget));
  const widgets = (resolution ?? []).filter(isResolution).filter(({ spec }) => inFront.has(spec));
  const loading = widgets.slice(0, MAX_WIDGETS).map(async (widget) => {
    preload(widget);
    await load(widget);
  });
  // What does not come is asked for again by its panel, which says why.
  await Promise.allSettled(loading);
}
