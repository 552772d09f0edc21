/** In which language the page around a widget speaks. */
import type { Disposer, PanelHandle } from './types';

/** Calls back after the page's language has changed; `panel.language` is the new one then. */
export function onLanguageChange(panel: PanelHandle | undefined, handler: () => void): Disposer {
  panel?.addEventListener('languagechange', handler);
  return () => panel?.removeEventListener('languagechange', handler);
}

/**
 * What `Intl` is to be asked for: the page's language, as it is written where its reader lives where the browser knows that (`de-AT`). For
 * what has no panel at hand; undefined where there is no page, which is the platform's own.
 */
export function readerLanguage(): string | undefined {
  const page = globalThis.document?.documentElement?.lang;
  if (!page) return undefined;
  const primary = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';
  return globalThis.navigator?.languages?.find((tag) => primary(tag) === primary(page)) ?? page;
}
