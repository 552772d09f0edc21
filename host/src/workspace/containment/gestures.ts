/** What people do with their hands, and where: what a widget does right after that they may have asked for. */

/** How long a click or a key stands for a wish, which is what browsers allow too; milliseconds. */
const WISH = 5_000;

let last: { at: number; path: EventTarget[] } = { at: Number.NEGATIVE_INFINITY, path: [] };
let pressed: EventTarget[] = [];

/** Before any widget can listen. */
export function watchGestures(): void {
  for (const type of ['pointerdown', 'click', 'keydown'])
    addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return;
        last = { at: performance.now(), path: event.composedPath() };
        if (type === 'pointerdown') pressed = last.path;
      },
      { capture: true, passive: true },
    );
}

/** Whether an event went through the widget of a panel: the panel's frame, and the notes in it, are the dashboard's. */
export function wentThrough(path: readonly EventTarget[], panel: HTMLElement): boolean {
  const inside = path[path.indexOf(panel) - 1];
  return inside instanceof Element && inside.localName.includes('-');
}

/** Somebody has just clicked or typed in this panel's widget. */
export const asksIn = (panel: HTMLElement): boolean => performance.now() - last.at < WISH && wentThrough(last.path, panel);

/** The pointer went down in this panel's widget last: a drag that began there is its own, wherever it leads. */
export const pressedIn = (panel: HTMLElement): boolean => wentThrough(pressed, panel);
