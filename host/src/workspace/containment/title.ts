import { callersOf, caught } from './callers';

/** The page's title is the dashboard's: a widget's is not taken, and what changes it by another way is undone. */
export function keepTitle(): void {
  const title = Object.getOwnPropertyDescriptor(Document.prototype, 'title');
  if (!title?.get || !title.set) return;
  const { get, set } = title;
  let wanted = document.title;
  const guard = (text: string): void => {
    if (caught(callersOf(guard), 'title')) return;
    wanted = String(text);
    set.call(document, wanted);
  };
  Object.defineProperty(document, 'title', { configurable: true, get: () => get.call(document), set: guard });
  new MutationObserver(() => {
    // Whitespace is folded on reading: compared as it is read.
    if (document.title !== wanted.trim().replace(/\s+/g, ' ')) set.call(document, wanted);
  }).observe(document.head, { childList: true, subtree: true, characterData: true });
}
