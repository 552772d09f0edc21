/** Which tab a key leads to in a tab list; undefined for every other key. */
export function tabAfterKey(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

let lists = 0;
/** Ids that are unique in the page: the same layout may be open twice. */
export const newTabId = (): string => `dm-tab-${++lists}`;

/** Ties a tab to its frame, both ways. A frame that has no tab is a region of its own. */
export function tie(tab: HTMLElement | null, frame: HTMLElement): void {
  if (!frame.id) frame.id = newTabId().replace('tab', 'panel');
  if (tab) {
    if (!tab.id) tab.id = newTabId();
    tab.setAttribute('aria-controls', frame.id);
    frame.setAttribute('role', 'tabpanel');
  } else frame.removeAttribute('role');
}
