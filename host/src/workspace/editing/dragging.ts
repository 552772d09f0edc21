/** golden-layout marks the body while a tab or a splitter is dragged. */
export const isDragging = (): boolean => document.body.classList.contains('lm_dragging');

/**
 * golden-layout knows neither Escape nor pointercancel: a drag is ended as if it were dropped. `cancel` gets that drop to
 * run, and has to see to it that nothing of it stays.
 */
export function cancelOnEscape(signal: AbortSignal, cancel: (drop: () => void) => void): void {
  const drop = (): void => {
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  };
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !isDragging()) return;
      event.preventDefault();
      event.stopPropagation();
      cancel(drop);
    },
    { capture: true, signal },
  );
  addEventListener(
    'pointercancel',
    () => {
      if (isDragging()) cancel(drop);
    },
    { capture: true, signal },
  );
}
