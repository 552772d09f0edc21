/** How much of what is in a panel cannot be seen without scrolling down, through open shadow roots; pixels. */
export function scrolledAway(panel: Element): number {
  let most = 0;
  for (const element of within(panel)) {
    const hidden = element.scrollHeight - element.clientHeight;
    // What is only cut off, or is a field, would not be seen by scrolling either.
    if (hidden > most && scrolls(element)) most = hidden;
  }
  return most;
}

/** What is on paper begins where it begins, wherever somebody has scrolled to. */
export function scrollToStart(panel: Element): void {
  for (const element of within(panel)) if (element.scrollTop > 0 && scrolls(element)) element.scrollTop = 0;
}

function* within(panel: Element): Iterable<Element> {
  const open: (Element | ShadowRoot)[] = [panel];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node instanceof Element) {
      yield node;
      if (node.shadowRoot) open.push(node.shadowRoot);
    }
    open.push(...node.children);
  }
}

function scrolls(element: Element): boolean {
  if (element instanceof HTMLTextAreaElement || element.clientHeight === 0) return false;
  const { overflowY } = getComputedStyle(element);
  return overflowY === 'auto' || overflowY === 'scroll';
}
