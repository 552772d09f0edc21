export interface Gesture {
  move(event: PointerEvent): void;
  /** Let go where it is. */
  drop(event: PointerEvent): void;
  /** Anything else ended it: nothing may stay of it. */
  cancel(): void;
}

/** The main button or one finger: what may drag. */
export const isDragPress = (event: PointerEvent): boolean => event.button === 0 && event.isPrimary && !event.ctrlKey;

/**
 * Follows a pointer that is down until it is let go. Whatever comes in between ends it, exactly once: Escape, another button,
 * the context menu, a lost pointer, another window, another size of this one. Answers with how to call it off.
 */
export function follow({ pointerId, pointerType }: PointerEvent, gesture: Gesture): () => void {
  const stop = new AbortController();
  const once =
    (run: () => void): (() => void) =>
    () => {
      if (stop.signal.aborted) return;
      stop.abort();
      run();
    };
  const cancel = once(() => gesture.cancel());
  const ours = (run: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === pointerId) run(event);
  };
  const on = { capture: true, signal: stop.signal };
  addEventListener(
    'pointermove',
    // Any other set of buttons: let go where nobody heard it, or a second one came down.
    ours((event) => (event.buttons === 1 ? gesture.move(event) : cancel())),
    on,
  );
  addEventListener(
    'pointerup',
    ours((event) => once(() => gesture.drop(event))()),
    on,
  );
  for (const type of ['pointercancel', 'lostpointercapture'] as const) addEventListener(type, ours(cancel), on);
  addEventListener(
    'contextmenu',
    (event) => {
      // A finger that rests before it moves means a drag.
      if (pointerType === 'touch') event.preventDefault();
      else cancel();
    },
    on,
  );
  for (const type of ['blur', 'resize'] as const)
    addEventListener(
      type,
      (event) => {
        // Fields lose the focus all the time; only the window's own counts.
        if (event.target === window) cancel();
      },
      on,
    );
  document.addEventListener('visibilitychange', cancel, on);
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    },
    on,
  );
  return cancel;
}
