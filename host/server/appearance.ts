/** How a page begins, before any of its code has come: as the person chose on this browser, so that nothing flashes. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Language, languageOf } from '@datamesh/service/language';

export interface Appearance {
  language: Language;
  /** Without one the style sheet decides. */
  theme?: 'light' | 'dark' | undefined;
  density?: 'compact' | undefined;
  motion?: 'reduced' | undefined;
}

/** From cookies that say nothing else (host/src/ui/choice.ts), else what the browser says. */
export function appearanceOf(headers: IncomingHttpHeaders): Appearance {
  const preferred = /^"?(light|dark)"?$/.exec(String(headers['sec-ch-prefers-color-scheme'] ?? ''))?.[1] as Appearance['theme'];
  return {
    language: languageOf(headers),
    theme: chosen(headers, 'theme', ['light', 'dark']) ?? preferred,
    density: chosen(headers, 'density', ['compact']),
    motion: chosen(headers, 'motion', ['reduced']),
  };
}

function chosen<Value extends string>({ cookie = '' }: IncomingHttpHeaders, name: string, values: readonly Value[]): Value | undefined {
  const value = new RegExp(`(?:^|;\\s*)dm_${name}=([a-z]{1,20})(?=;|$)`).exec(cookie)?.[1];
  return values.find((one) => one === value);
}

/** The page's first tag. */
export function rootTag({ language, theme, density, motion }: Appearance): string {
  const attributes = Object.entries({ theme, density, motion }).map(([name, value]) => (value ? ` data-${name}="${value}"` : ''));
  return `<html lang="${language}"${attributes.join('')}>`;
}
