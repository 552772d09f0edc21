/** A part of the page on a page of its own, with the page's styles; what a test has made is gone after it. */
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/shell.css';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach } from 'vitest';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Runs after the test, last in first out. */
export const afterwards = (end: () => unknown): unknown => endings.push(end);

/** A place of that size in the top left corner, as the dashboard leaves it for a layout. */
export function placeOf(width: number, height: number): HTMLElement {
  const place = document.createElement('div');
  Object.assign(place.style, { position: 'absolute', insetInlineStart: 0, insetBlockStart: 0, width: `${width}px`, height: `${height}px` });
  document.body.append(place);
  afterwards(() => place.remove());
  return place;
}

/** Rendered when it returns. Answers with the way to render another one in its place. */
export function mount(node: ReactNode): (next: ReactNode) => void {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const render = (next: ReactNode): void => flushSync(() => root.render(next));
  afterwards(() => {
    root.unmount();
    place.remove();
  });
  render(node);
  return render;
}
