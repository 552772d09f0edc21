/** Tokens for what CSS cannot paint (a canvas). Everything else inherits `--dm-*` through the shadow root. */
import type { Disposer, PanelHandle } from './types';

/** The computed values of tokens at this element, as a record: `readTokens(el, ['fg', 'line'])` reads --dm-fg and --dm-line. */
export function readTokens<Name extends string>(element: Element, names: readonly Name[]): Record<Name, string> {
  const style = getComputedStyle(element);
  const entries = names.map((name) => [name, style.getPropertyValue(`--dm-${name}`).trim()] as const);
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Calls back after the theme has changed. */
export function onThemeChange(panel: PanelHandle | undefined, handler: () => void): Disposer {
  panel?.addEventListener('themechange', handler);
  return () => panel?.removeEventListener('themechange', handler);
}

/** As the system asks, or as the reader chose on the dashboard: there the token that every transition takes its time from is nothing. */
export const prefersReducedMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ||
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--dm-motion')) === 0;
