import { Store } from '../layouts/store';

export type ThemeChoice = 'light' | 'dark' | 'system';
export type Theme = 'light' | 'dark';

const KEY = 'dm.theme';
/** Seconds. */
const YEAR = 31_536_000;
const system = matchMedia('(prefers-color-scheme: dark)');

const readChoice = (): ThemeChoice => {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

let lent: Theme | null = null;

const resolve = (choice: ThemeChoice): Theme => lent ?? (choice === 'system' ? (system.matches ? 'dark' : 'light') : choice);

export const themeStore = new Store<{ choice: ThemeChoice; theme: Theme }>({ choice: readChoice(), theme: resolve(readChoice()) });

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  // The edge reads this one, so that the next page begins in the right colours. It says nothing else.
  const age = choice === 'system' ? 0 : YEAR;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `dm_theme=${choice}; Path=/; SameSite=Lax; Max-Age=${age}`;
  apply(choice);
}

/** Whatever is chosen, this one for a while; null: what is chosen. */
export function lendTheme(theme: Theme | null): void {
  lent = theme;
  apply(themeStore.getSnapshot().choice);
}

function apply(choice: ThemeChoice): void {
  const theme = resolve(choice);
  document.documentElement.dataset['theme'] = theme;
  themeStore.patch({ choice, theme });
}

/** Also follows the system while the choice is `system`, and what another tab chooses. */
export function startTheme(): void {
  apply(readChoice());
  system.addEventListener('change', () => apply(themeStore.getSnapshot().choice));
  addEventListener('storage', ({ key }) => {
    if (key === KEY) apply(readChoice());
  });
}
