/** How much of what is in a panel cannot be seen without scrolling down, through open shadow roots; pixels. */
export function scrolledAway(panel: Element): number {
  let most = 0;
  const open: (Element | ShadowRoot)[] = [panel];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node instanceof Element) {
      const hidden = node.scrollHeight - node.clientHeight;
      // What is only cut off, or is a field, would not be seen by scrolling either.
      if (hidden > most && scrolls(node)) most = hidden;
      if (node.shadowRoot) open.push(node.shadowRoot);
    }
    open.push(...node.children);
  }
  return most;
}

function scrolls(element: Element): boolean {
  if (element instanceof HTMLTextAreaElement || element.clientHeight === 0) return false;
  const { overflowY } = getComputedStyle(element);
  return overflowY === 'auto' || overflowY === 'scroll';
}
