import { isItsOwn, swipeOf, type Touch } from './swipe';

/**
 * Tells of one finger that swipes across a panel that has others beside it in tabs (`data-swipes`). By touch events: pointer events
 * end as soon as a browser thinks of scrolling, and to forbid that would cost widgets their own sideways scrolling. Answers with
 * the way to stop.
 */
export function watchSwipes(layer: HTMLElement, swiped: (panel: string, step: 1 | -1) => void): () => void {
  const over = new AbortController();
  const how = { capture: true, passive: true, signal: over.signal };
  let from: (Touch & { panel: string }) | undefined;
  layer.addEventListener(
    'touchstart',
    (event) => {
      from = undefined;
      const [touch, another] = event.touches;
      const path = event.composedPath();
      const panel = path.find((target): target is HTMLElement => target instanceof HTMLElement && target.dataset['swipes'] !== undefined);
      // Who has zoomed in moves about with the finger.
      if (!touch || another || !panel || isItsOwn(path, panel) || (visualViewport?.scale ?? 1) > 1) return;
      from = { x: touch.clientX, y: touch.clientY, at: event.timeStamp, panel: panel.dataset['panel'] ?? '' };
    },
    how,
  );
  layer.addEventListener(
    'touchend',
    (event) => {
      const [touch] = event.changedTouches;
      if (!from || !touch) return;
      const step = swipeOf(from, { x: touch.clientX, y: touch.clientY, at: event.timeStamp }, innerWidth);
      if (step !== 0) swiped(from.panel, step);
      from = undefined;
    },
    how,
  );
  return () => over.abort();
}
