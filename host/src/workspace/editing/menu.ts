import { node } from '../nodes';

export type MenuItem =
  | { kind: 'action'; label: string; hint?: string; run(): void }
  | { kind: 'choice'; label: string; mark?: HTMLElement | null; checked: boolean; run(): void }
  | { kind: 'group'; label: string };

/** A menu at a button: arrow keys, Home, End, first letters; Escape and a click elsewhere close it and give focus back. */
export function openMenu(at: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const menu = node('div', 'dm-menu');
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', label);
  menu.popover = 'auto';
  const entries: HTMLButtonElement[] = [];
  for (const item of items) {
    if (item.kind === 'group') {
      const title = node('div', 'dm-menu-group', item.label);
      title.setAttribute('role', 'presentation');
      menu.append(title);
      continue;
    }
    const entry = entryOf(item);
    entry.addEventListener('click', () => {
      menu.hidePopover();
      item.run();
    });
    entries.push(entry);
    menu.append(entry);
  }
  menu.addEventListener('keydown', (event) => {
    const to = entryAfterKey(event.key, entries.indexOf(event.target as HTMLButtonElement), entries);
    if (event.key === 'Tab') menu.hidePopover();
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  });
  const closed = new AbortController();
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    closed.abort();
    at.setAttribute('aria-expanded', 'false');
    if (menu.contains(document.activeElement)) at.focus();
    menu.remove();
  });
  document.body.append(menu);
  at.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  position(menu, at);
  addEventListener('resize', () => position(menu, at), { signal: closed.signal });
  entries[0]?.focus();
}

function entryOf(item: Exclude<MenuItem, { kind: 'group' }>): HTMLButtonElement {
  const entry = node('button', 'dm-menu-item');
  entry.type = 'button';
  entry.tabIndex = -1;
  entry.setAttribute('role', item.kind === 'choice' ? 'menuitemradio' : 'menuitem');
  if (item.kind === 'choice') {
    entry.setAttribute('aria-checked', String(item.checked));
    entry.append(item.mark ?? node('span', 'dm-menu-mark'));
  }
  entry.append(node('span', 'dm-menu-label', item.label));
  if (item.kind === 'action' && item.hint) entry.append(node('kbd', 'dm-menu-hint', item.hint));
  return entry;
}

function entryAfterKey(key: string, at: number, entries: readonly HTMLButtonElement[]): HTMLButtonElement | undefined {
  if (key === 'ArrowDown') return entries[(at + 1) % entries.length];
  if (key === 'ArrowUp') return entries[(at - 1 + entries.length) % entries.length];
  if (key === 'Home') return entries[0];
  if (key === 'End') return entries.at(-1);
  if (key.length !== 1) return undefined;
  const from = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  return from.find((entry) => entry.querySelector('.dm-menu-label')?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}

/** Below the button, aligned with its right edge; above where there is no room below. */
function position(menu: HTMLElement, at: HTMLElement): void {
  const anchor = at.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 4) : below;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`;
}
