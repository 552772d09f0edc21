import { follow, isDragPress } from './gesture';

/** Pixels before a press becomes a drag. */
const SLACK = 6;

/** A press on a tab that moves far enough becomes a drag; anything less stays a click. */
export function dragTabs(root: HTMLElement, signal: AbortSignal, start: (panel: string, pointer: PointerEvent) => void): void {
  root.addEventListener(
    'pointerdown',
    (down) => {
      const target = down.target as Element;
      const panel = target.closest<HTMLElement>('.lm_tab')?.dataset['for'];
      if (panel === undefined || !isDragPress(down) || target.closest('.dm-tab-close')) return;
      const end = follow(down, {
        move(event) {
          if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < SLACK) return;
          end();
          swallowClick();
          start(panel, event);
        },
        drop: () => undefined,
        cancel: () => undefined,
      });
      signal.addEventListener('abort', end, { once: true });
    },
    { signal },
  );
}

/** Letting go over the tab one started from is a click for the browser, but nobody clicked. */
function swallowClick(): void {
  const swallow = (event: Event): void => event.stopPropagation();
  addEventListener('click', swallow, { capture: true, once: true });
  // The click, if there is one, comes before the next press.
  addEventListener('pointerdown', () => removeEventListener('click', swallow, { capture: true }), { capture: true, once: true });
}
