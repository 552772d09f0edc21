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
  const letGo = (): void => {
    addEventListener('click', swallow, { capture: true, once: true });
    // That click comes with letting go, or not at all: the next one is meant.
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
  };
  addEventListener('pointerup', letGo, { capture: true, once: true });
  addEventListener('pointerdown', () => removeEventListener('pointerup', letGo, { capture: true }), { capture: true, once: true });
}
