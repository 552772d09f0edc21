/** golden-layout marks the body while a tab or a splitter is dragged. */
export const isDragging = (): boolean => document.body.classList.contains('lm_dragging');

/**
 * golden-layout knows neither Escape nor pointercancel: a drag is ended as if it were dropped, then `restore` loads what was
 * there before. Nothing of it counts as an edit.
 */
export function cancelOnEscape(signal: AbortSignal, restore: () => void): void {
  const cancel = (): void => {
    // The mark stays until everything that the drop sets off has run, so that nobody takes it for a drop.
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    restore();
  };
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !isDragging()) return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    },
    { capture: true, signal },
  );
  addEventListener(
    'pointercancel',
    () => {
      if (isDragging()) cancel();
    },
    { capture: true, signal },
  );
}
