import { Store } from './store';

const KEY = 'dm.single-keys';

const read = (): boolean => localStorage.getItem(KEY) !== 'off';

/**
 * Whether letters alone do something, such as E for editing. Of this browser, as the theme is: whoever speaks to the machine, or
 * touches keys without meaning to, switches it off (WCAG 2.1.4). Shortcuts with Ctrl or ⌘ and named keys stay.
 */
export const singleKeys = new Store<{ on: boolean }>({ on: read() });

export function switchSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
  singleKeys.patch({ on });
}

/** Also follows what another tab chooses. */
export function startSingleKeys(): void {
  addEventListener('storage', ({ key }) => {
    if (key === KEY) singleKeys.patch({ on: read() });
  });
}
