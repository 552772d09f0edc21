/** What must be so of every page and dialog, whatever the theme. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findings } from './axe';
import { picture } from './pictures';

/** Nothing against WCAG in either theme, and a picture of each. `name`: what is seen, in words. */
export async function inBothThemes(page: Page, name: string): Promise<void> {
  const found: Record<string, string[]> = {};
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found[colorScheme] = await findings(page);
    await picture(page, colorScheme === 'dark' ? `${name} dark` : name);
  }
  expect(found, name).toEqual({ dark: [], light: [] });
}
