/** Pixels that a finger goes at least. */
const FAR = 48;
/** A swipe is flatter than this: how much further across than up or down. */
const FLAT = 1.7;
/** Slower ones are none; milliseconds. */
const QUICK = 800;
/** Pixels along the edges of the screen, where a swipe is the browser's own "back". */
const EDGE = 20;

export interface Touch {
  x: number;
  y: number;
  /** Milliseconds. */
  at: number;
}

/** Where a finger that went down at `from` and up at `to` on a screen of that width goes: to the next tab, to the one before, nowhere. */
export function swipeOf(from: Touch, to: Touch, width: number): 1 | -1 | 0 {
  const [across, along] = [to.x - from.x, to.y - from.y];
  if (from.x < EDGE || from.x > width - EDGE || to.at - from.at > QUICK) return 0;
  if (Math.abs(across) < FAR || Math.abs(across) < FLAT * Math.abs(along)) return 0;
  return across < 0 ? 1 : -1;
}

const FIELDS = 'input, textarea, select, iframe, [contenteditable], [role="slider"], [draggable="true"]';

/** Whether what a finger goes down on needs the movement itself: a field, what scrolls sideways, what says so by its `touch-action`. */
export function isItsOwn(path: readonly EventTarget[], panel: Element): boolean {
  const inside = path.slice(0, Math.max(0, path.indexOf(panel))).filter((target) => target instanceof Element);
  return [...inside, panel].some((element) => {
    if (element.matches(FIELDS)) return true;
    const { overflowX, touchAction } = getComputedStyle(element);
    if (element !== panel && !/^(auto|manipulation|.*pan-(x|left|right).*)$/.test(touchAction)) return true;
    return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
  });
}
