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

const endings: (() => void)[] = [];

afterEach(() => {
  for (const end of endings.splice(0).reverse()) end();
});

/** Runs after the test, last in first out. */
export const afterwards = (end: () => void): unknown => endings.push(end);

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
