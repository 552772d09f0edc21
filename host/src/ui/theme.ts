import { Choice } from './choice';
import { Store } from './store';

export type ThemeChoice = 'light' | 'dark' | 'system';
export type Theme = 'light' | 'dark';

const chosen = new Choice<ThemeChoice>('theme', ['system', 'light', 'dark']);
const system = matchMedia('(prefers-color-scheme: dark)');

let lent: Theme | null = null;

const resolve = (choice: ThemeChoice): Theme => lent ?? (choice === 'system' ? (system.matches ? 'dark' : 'light') : choice);

export const themeStore = new Store<{ choice: ThemeChoice; theme: Theme }>({ choice: chosen.now, theme: resolve(chosen.now) });

export const chooseTheme = (choice: ThemeChoice): void => chosen.choose(choice);

/** Whatever is chosen, this one for a while; null: what is chosen. */
export function lendTheme(theme: Theme | null): void {
  lent = theme;
  apply(chosen.now);
}

function apply(choice: ThemeChoice): void {
  const theme = resolve(choice);
  document.documentElement.dataset['theme'] = theme;
  themeStore.patch({ choice, theme });
}

/** Also follows the system while the choice is `system`, and what another tab chooses. */
export function startTheme(): void {
  system.addEventListener('change', () => apply(chosen.now));
  chosen.start(apply);
}
