import type { Caller } from '../error-attribution';
import { callersOf, caught, unasked } from './callers';

/** When an element beside the dashboard is looked at again: it may grow, or get its style, a moment later; milliseconds. */
const LOOKS = [0, 200, 1_000, 3_000];
const ADDING = ['append', 'appendChild', 'prepend', 'insertBefore', 'insertAdjacentElement', 'replaceChildren'] as const;

/** What nobody asked for does not come over the page: neither an element of a widget that covers it, nor a dialog that stops it. */
export function keepPageInSight(): void {
  for (const parent of [document.body, document.documentElement])
    for (const name of ADDING) {
      const own = parent[name] as (...args: unknown[]) => unknown;
      const guard = (...args: unknown[]): unknown => {
        const callers = unasked(callersOf(guard));
        const before = new Set(callers.length > 0 ? parent.children : []);
        const result = Reflect.apply(own, parent, args);
        if (callers.length > 0) for (const child of parent.children) if (!before.has(child)) lookAt(child as HTMLElement, callers);
        return result;
      };
      Object.defineProperty(parent, name, { configurable: true, writable: true, value: guard });
    }
  const { showModal, show } = HTMLDialogElement.prototype;
  HTMLDialogElement.prototype.showModal = function guard() {
    if (caught(unasked(callersOf(guard)), 'dialog')) show.call(this);
    else showModal.call(this);
  };
  for (const [name, answer] of Object.entries({ alert: undefined, confirm: false, prompt: null })) {
    const own = window[name as 'alert'];
    const guard = (text?: string): unknown => (caught(unasked(callersOf(guard)), 'dialog') ? answer : own.call(window, text));
    Object.defineProperty(window, name, { configurable: true, writable: true, value: guard });
  }
}

function lookAt(element: HTMLElement, callers: readonly Caller[]): void {
  let done = false;
  const look = (): void => {
    if (done || !element.isConnected || !covers(element)) return;
    done = true;
    observer.disconnect();
    element.style.setProperty('display', 'none', 'important');
    const show = (): void => void element.style.removeProperty('display');
    for (const caller of callers) caller.overstepped('cover', show);
  };
  const observer = new ResizeObserver(look);
  observer.observe(element);
  for (const wait of LOOKS) setTimeout(look, wait);
}

/** More than half of what one sees, by where a pointer would meet it, or by its size. */
function covers(element: HTMLElement): boolean {
  const { innerWidth: width, innerHeight: height } = window;
  const parts = [1 / 6, 3 / 6, 5 / 6];
  const met = parts.flatMap((x) => parts.map((y) => document.elementFromPoint(x * width, y * height)));
  if (met.filter((found) => found && element.contains(found)).length > met.length / 2) return true;
  const { position, visibility } = getComputedStyle(element);
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const seen = Math.max(0, Math.min(right, width) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
  return /fixed|absolute/.test(position) && visibility === 'visible' && seen > (width * height) / 2;
}
