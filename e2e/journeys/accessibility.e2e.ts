/** Every page and state in both themes: axe finds nothing against WCAG 2.2 A and AA, nor against the practices that it calls best. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { signIn } from '../harness/browser';
import { journey } from '../harness/journey';
import { PAGES } from '../harness/pages';
import { makesPictures, onPhone, picture } from '../harness/pictures';
import { STATES } from '../harness/states';

const here = journey();

describe('axe finds nothing', () => {
  it.each(makesPictures ? [...STATES, ...PAGES] : STATES)('$name', async ({ name, person, path, reach }) => {
    here.visitors.watch.expect(/status of 40[134]/, /net::ERR_CONNECTION_REFUSED/);
    const { page, context } = await here.visitors.newcomer();
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    if (person) await signIn(page, person, path);
    else await page.goto(path);
    await reach(page);
    const found: Record<string, string[]> = { light: await findings(page) };
    await picture(page, name);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    found['dark'] = await findings(page);
    await picture(page, `${name} dark`);
    await onPhone(page, () => picture(page, `${name} phone`));
    expect(found).toEqual({ light: [], dark: [] });
    await context.close();
  });
});

describe('a contrast theme', () => {
  it('shows the mark, what is pressed and chosen, where panels end, and where the focus is', async () => {
    const { page, context } = await here.visitors.newcomer();
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await signIn(page, 'alex', '/d/sales');
    await STATES.find(({ name }) => name === 'marketplace')?.reach(page);
    const style = (locator: Locator, property: string): Promise<string> =>
      locator.first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    // The editor's own code comes after the mode has changed.
    await page.locator('.lm_tab').first().waitFor();
    const canvas = await style(page.locator('body'), 'background-color');
    expect(await style(page.locator('.logo'), 'background-color')).not.toBe(canvas);
    const pressed = [
      ...(await page.locator('.segments button').all()),
      ...(await page.locator('.chip').all()),
      ...(await page.locator('.lm_tab').all()),
    ];
    const shown: Record<'on' | 'off', string[]> = { on: [], off: [] };
    for (const one of pressed) {
      const on = await one.evaluate((element) =>
        ['aria-pressed', 'aria-selected', 'aria-checked'].some((name) => element.getAttribute(name) === 'true'),
      );
      shown[on ? 'on' : 'off'].push(await style(one, 'background-color'));
    }
    expect(shown.on.length).toBeGreaterThan(2);
    expect(new Set(shown.on).size).toBe(1);
    expect(shown.off).not.toContain(shown.on[0]);
    expect(await style(page.locator('section.dm-panel:visible'), 'outline-style')).toBe('solid');
    await page.keyboard.press('Tab');
    expect(await style(page.locator(':focus-visible'), 'outline-style')).toBe('solid');
    await context.close();
  });
});
