/** What every page of this comparison offers to whoever measures it. */
import type { LayoutNode } from '@datamesh/contracts';

export interface Dock {
  show(tree: LayoutNode): void;
}

/** Makes a dock ready: what it downloads or prepares before the first layout is not measured. */
export function offer(open: (container: HTMLElement) => Dock | Promise<Dock>): void {
  Object.assign(globalThis, { dock: (container: HTMLElement) => Promise.resolve(open(container)) });
}

/** What stands in a panel of a dock without widgets. */
export function body(id: string): HTMLElement {
  const element = document.createElement('section');
  element.dataset['panel'] = id;
  element.textContent = id;
  return element;
}
