/** Every page and state in both themes: axe finds nothing against WCAG 2.2 A and AA, nor against the practices that it calls best. */
import { describe, expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { signIn } from '../harness/browser';
import { journey } from '../harness/journey';
import { STATES } from '../harness/states';

const here = journey();

describe('axe finds nothing', () => {
  it.each(STATES)('$name', async ({ person, path, reach }) => {
    here.visitors.watch.expect(/status of 40[134]/);
    const { page, context } = await here.visitors.newcomer();
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    if (person) await signIn(page, person, path);
    else await page.goto(path);
    await reach(page);
    const found: Record<string, string[]> = { light: await findings(page) };
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    found['dark'] = await findings(page);
    expect(found).toEqual({ light: [], dark: [] });
    await context.close();
  });
});
