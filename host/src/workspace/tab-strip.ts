import { i18n } from '../language/i18n';
import { icon, iconButton } from './icons';
import { node } from './nodes';

/** Pixels that hide nothing: the margin around the tabs. */
const EDGE = 6;
/** Pixels of a line of text, for mice that count in lines. */
const LINE = 16;

export interface Overflow {
  /** Whether there are tabs beyond the left and beyond the right edge. */
  before: boolean;
  after: boolean;
}

interface Strip {
  list: HTMLElement;
  changed(overflow: Overflow): void;
}

// One observer and one turn for the strips of all stacks: each is measured before the first is written to, for the browser arranges
// the page anew for whoever measures after something was written.
const strips = new WeakMap<Node, Strip>();
const sizes = new ResizeObserver((entries) => reveal(entries.flatMap(({ target }) => strips.get(target) ?? [])));
const tabs = new MutationObserver((records) => {
  for (const { target } of records) revealSoon(target);
});
const waiting = new Set<Strip>();

/** `inside`: anything in a strip. One that is not followed any more is not found. */
function revealSoon(inside: Node): void {
  let list: Node | null = inside;
  while (list && !strips.has(list)) list = list.parentNode;
  const strip = list && strips.get(list);
  if (!strip) return;
  if (waiting.size === 0)
    queueMicrotask(() => {
      const all = [...waiting];
      waiting.clear();
      reveal(all);
    });
  waiting.add(strip);
}

function reveal(all: readonly Strip[]): void {
  const moves = all.flatMap(({ list }) => {
    const tab = list.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!tab) return [];
    const [outer, inner] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (inner.left < outer.left) return { list, by: inner.left - outer.left };
    return inner.right > outer.right ? { list, by: Math.min(inner.right - outer.right, inner.left - outer.left) } : [];
  });
  for (const { list, by } of moves) list.scrollLeft += by;
  const measured = all.map(({ list, changed }) => ({ overflow: overflowOf(list), changed }));
  for (const { overflow, changed } of measured) changed(overflow);
}

function overflowOf(list: HTMLElement): Overflow {
  const hidden = list.scrollWidth - list.clientWidth;
  return { before: list.scrollLeft > EDGE, after: list.scrollLeft < hidden - EDGE };
}

/**
 * Keeps the selected tab of a strip in sight and lets a plain mouse's wheel scroll it. `changed` hears whether there is more at
 * either end. Answers with how to end that; a strip that leaves the page takes its observers along.
 */
export function followStrip(list: HTMLElement, changed: (overflow: Overflow) => void): () => void {
  const strip: Strip = { list, changed };
  const measure = (): void => changed(overflowOf(list));
  const wheel = (event: WheelEvent): void => {
    const by = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    const before = list.scrollLeft;
    list.scrollLeft += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? by * LINE : by;
    if (list.scrollLeft !== before) event.preventDefault();
  };
  list.addEventListener('wheel', wheel, { passive: false });
  list.addEventListener('scroll', measure, { passive: true });
  strips.set(list, strip);
  sizes.observe(list);
  tabs.observe(list, { childList: true, subtree: true, characterData: true, attributeFilter: ['aria-selected'] });
  return () => {
    sizes.unobserve(list);
    strips.delete(list);
    list.removeEventListener('wheel', wheel);
    list.removeEventListener('scroll', measure);
  };
}

/** Most of what is seen, so that one tab stays to hold on to. */
export function scrollStrip(list: HTMLElement, direction: -1 | 1): void {
  list.scrollBy({ left: direction * Math.max(80, list.clientWidth * 0.8), behavior: 'instant' });
}

/** Arrows at both ends of a strip that is in the document already; seen only while there is more. For the mouse: keys have the tabs. */
export function addArrows(list: HTMLElement): void {
  let arrows: { back: HTMLButtonElement; on: HTMLButtonElement } | undefined;
  followStrip(list, ({ before, after }) => {
    const more = before || after;
    // Most strips never have more than they show.
    if (!arrows && !more) return;
    if (!arrows) {
      arrows = { back: arrow(list, -1), on: arrow(list, 1) };
      // Beside the list of tabs, never in it.
      const named = list.closest('[role="tablist"]') ?? list;
      named.before(arrows.back);
      named.after(arrows.on);
    }
    const { back, on } = arrows;
    back.hidden = on.hidden = !more;
    back.disabled = !before;
    on.disabled = !after;
  });
}

function arrow(list: HTMLElement, direction: -1 | 1): HTMLButtonElement {
  const element = iconButton(direction < 0 ? 'left' : 'right', direction < 0 ? i18n.t('Earlier tabs') : i18n.t('Later tabs'), () =>
    scrollStrip(list, direction),
  );
  element.classList.add('dm-arrow');
  element.tabIndex = -1;
  return element;
}

/** What closes a tab with the mouse. Not a stop for the keyboard, which has Delete on the tab and Close in the menu. */
export function tabCloser(): HTMLElement {
  const closer = node('span', 'dm-tab-close');
  closer.setAttribute('aria-hidden', 'true');
  closer.title = i18n.t('Close');
  closer.append(icon('close'));
  return closer;
}
