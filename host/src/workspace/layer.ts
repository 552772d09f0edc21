import type { Rect } from './arranger';
import { node } from './nodes';

/** The DOM of one workspace: everything placed by rectangles, nothing ever moved in the document. */
export class Layer {
  readonly root = node('div', 'dm-workspace');
  readonly canvas = node('div', 'dm-canvas');
  readonly layer = node('div', 'dm-layer');
  readonly #empty = node('p', 'dm-empty');
  readonly #live = node('div', 'dm-hidden');
  readonly #observer: ResizeObserver;
  #size = { width: 0, height: 0 };
  #visible = true;

  constructor(container: HTMLElement, onResize: () => void) {
    this.#live.setAttribute('aria-live', 'polite');
    this.#empty.hidden = true;
    // Where the keyboard goes when what it was on is gone.
    this.canvas.tabIndex = -1;
    this.canvas.append(this.layer);
    this.root.append(this.canvas, this.#empty, this.#live);
    container.append(this.root);
    this.#measure(this.root.clientWidth, this.root.clientHeight);
    this.#observer = new ResizeObserver(() => {
      if (this.#measure(this.root.clientWidth, this.root.clientHeight)) onResize();
    });
    this.#observer.observe(this.root);
  }

  get size(): { width: number; height: number } {
    return this.#size;
  }

  get visible(): boolean {
    return this.#visible;
  }

  set visible(visible: boolean) {
    this.#visible = visible;
    this.root.classList.toggle('dm-away', !visible);
    this.root.inert = !visible;
    if (!visible) return;
    this.#measure(this.root.clientWidth, this.root.clientHeight);
    // The observer compares with what it has told last: it would miss a size that comes back before it looks again.
    this.#observer.unobserve(this.root);
    this.#observer.observe(this.root);
  }

  setMode(mode: string): void {
    this.root.dataset['mode'] = mode;
  }

  setHeight(height: number | null): void {
    this.canvas.style.height = height === null ? '' : `${height}px`;
  }

  /** Only what changed is written: twenty frames that stay cost nothing. */
  place(frame: HTMLElement, rect: Rect | null): void {
    if (!rect) return;
    const { style } = frame;
    const [left, top, width, height] = [rect.x, rect.y, rect.width, rect.height].map((pixels) => `${pixels}px`) as [
      string,
      string,
      string,
      string,
    ];
    if (style.left !== left) style.left = left;
    if (style.top !== top) style.top = top;
    if (style.width !== width) style.width = width;
    if (style.height !== height) style.height = height;
  }

  showEmpty(text: string | null): void {
    this.#empty.hidden = text === null;
    if (text !== null && this.#empty.textContent !== text) this.#empty.textContent = text;
  }

  announce(text: string): void {
    this.#live.textContent = text;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.root.remove();
  }

  /** A workspace that is not displayed measures nothing: its last size stays true. */
  #measure(clientWidth: number, clientHeight: number): boolean {
    if (clientWidth === 0 || clientHeight === 0) return false;
    const padding = 2 * Number.parseFloat(getComputedStyle(this.root).paddingLeft || '0');
    const size = { width: clientWidth - padding, height: clientHeight - padding };
    const changed = size.width !== this.#size.width || size.height !== this.#size.height;
    this.#size = size;
    return changed;
  }
}
