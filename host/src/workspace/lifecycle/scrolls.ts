import { looked } from '../error-attribution';

/** How long what was scrolled may take to be drawn and filled; milliseconds. */
const TIMEOUT_MS = 10_000;
const BETWEEN = 50;
/** Whoever does one of these has taken over. */
const HANDS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** In terms that hold for another element of the same widget. JSON. */
export interface Scroll {
  /** From the panel's frame down: which child, and -1 for the shadow root. */
  path: number[];
  left: number;
  top: number;
}

/** Where a panel is scrolled to, through open shadow roots; kept while it is not displayed, and for the widget that comes next. */
export class Scrolls {
  #known: readonly Scroll[];
  /** What is known is not what is shown yet. */
  #due: boolean;
  #pending: AbortController | undefined;

  constructor(
    private readonly frame: HTMLElement,
    restored: readonly Scroll[],
  ) {
    this.#known = restored;
    this.#due = restored.length > 0;
  }

  /** As last noted. */
  get known(): readonly Scroll[] {
    return this.#known;
  }

  /** While its widget is there. What is not displayed is scrolled nowhere, and what is still due has not been scrolled yet. */
  note(): void {
    if (!this.frame.hidden && !this.#due) this.#known = looked(() => scrollsIn(this.frame), this.#known);
  }

  /** A widget that knows nothing of it has come: it is scrolled there as soon as there is something to scroll. */
  restore(): void {
    this.#due = this.#known.length > 0;
    this.resume();
  }

  /** It is displayed again. */
  resume(): void {
    if (!this.#due || this.frame.hidden) return;
    this.stop();
    this.#pending = new AbortController();
    const { signal } = this.#pending;
    const done = (): void => {
      this.#due = false;
      this.stop();
    };
    for (const type of HANDS) this.frame.addEventListener(type, done, { capture: true, passive: true, signal });
    const until = performance.now() + TIMEOUT_MS;
    let missing = this.#known;
    const look = (): void => {
      if (signal.aborted || this.frame.hidden) return;
      missing = missing.filter((scroll) => !looked(() => reached(this.frame, scroll), true));
      if (missing.length === 0 || performance.now() > until) done();
      else setTimeout(look, BETWEEN);
    };
    look();
  }

  /** Another widget: nothing of it is known. */
  forget(): void {
    this.stop();
    this.#due = false;
    this.#known = [];
  }

  stop(): void {
    this.#pending?.abort();
  }
}

function scrollsIn(frame: Element): Scroll[] {
  const found: Scroll[] = [];
  const open: { node: Element | ShadowRoot; path: number[] }[] = [{ node: frame, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path } = next;
    if (node instanceof Element) {
      const { scrollLeft: left, scrollTop: top } = node;
      if (left !== 0 || top !== 0) found.push({ path, left, top });
      if (node.shadowRoot) open.push({ node: node.shadowRoot, path: [...path, -1] });
    }
    for (const [index, child] of [...node.children].entries()) open.push({ node: child, path: [...path, index] });
  }
  return found;
}

function reached(frame: Element, { path, left, top }: Scroll): boolean {
  let node: Element | ShadowRoot | null | undefined = frame;
  for (const step of path) node = step < 0 ? (node instanceof Element ? node.shadowRoot : null) : node?.children[step];
  if (!(node instanceof Element)) return false;
  node.scrollTo({ left, top, behavior: 'instant' });
  return Math.abs(node.scrollTop - top) <= 1 && Math.abs(node.scrollLeft - left) <= 1;
}
