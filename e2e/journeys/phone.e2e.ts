/** A phone in a hand: no mouse, nothing hovers, 390 pixels. What one does with each part of the dashboard is done with a finger, and nothing stands beyond the edge. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PersonId, Visitor } from '../harness/browser';
import { ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';
import { picture } from '../harness/pictures';
import { salesLayout, send, shown } from '../harness/pins';

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 };
const TABLET: BrowserContextOptions = { ...PHONE, viewport: { width: 1180, height: 820 } };

const here = journey();
const hold = (id: PersonId, path: string, what = PHONE): Promise<Visitor> => here.visitors.person(id, path, what);

/** What is wider than the screen, but for what scrolls by itself. */
const beyondTheScreen = (page: Page, width: number): Promise<string[]> =>
  page.evaluate((edge) => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !scrolls(one.parentElement))
      .filter((one) => one.getBoundingClientRect().right > edge + 1 || one.getBoundingClientRect().left < -1)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  }, width);

/** Of the page as it is: whole, and within the screen. By the screen's own width: a phone zooms out of a page that is wider, and `innerWidth` goes with it. */
async function fits(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  expect(await beyondTheScreen(page, width), name).toEqual([]);
  expect(await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]), name).toEqual([width, width]);
  await picture(page, `held ${name}`);
}

/** A finger from the right to the left across it. */
async function swipe(page: Page, panel: string): Promise<void> {
  const box = await page.locator(`[data-panel="${panel}"]`).boundingBox();
  if (!box) throw new Error(`${panel} is not to be seen`);
  const touch = await page.context().newCDPSession(page);
  const y = box.y + box.height / 2;
  const at = (share: number) => [{ x: box.x + box.width * share, y }];
  // Its own clock: how fast the finger was is not how busy the machine is.
  const begun = await page.evaluate(() => (performance.timeOrigin + performance.now()) / 1_000);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.8), timestamp: begun });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(0.5), timestamp: begun + 0.05 });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(0.2), timestamp: begun + 0.1 });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: begun + 0.15 });
}

let desk: string;
let tabs: string;
beforeAll(async () => {
  const { page, context } = await here.visitors.person('dana', '/d/sales');
  desk = await createLayout(page, salesLayout('Desk', 'series-chart'));
  tabs = await createLayout(page, {
    ...salesLayout('Two tabs', 'notes'),
    tree: { type: 'stack', active: 0, panels: ['first', 'second'] },
    panels: { first: { widget: 'notes@stable', title: 'First' }, second: { widget: 'notes@stable', title: 'Second' } },
  });
  for (const id of [desk, tabs]) expect(await send(page, 'PUT', `/pins/sales/${id}`, {})).toBe(200);
  await context.close();
});

describe('a phone', () => {
  it('shows what the department pins in one column, the next tab by a swipe, the other pins from a menu', async () => {
    const { page, context } = await hold('casey', '/d/sales');
    await ready(page, 'data-table');
    const left = await page
      .locator('section.dm-panel:visible')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
    expect(new Set(left).size).toBe(1);
    await fits(page, 'casual');
    await page.getByRole('button', { name: /^Pinned by Sales/ }).tap();
    await fits(page, 'pins');
    await page.getByRole('menuitem', { name: 'Two tabs' }).tap();
    await shown(page, 'Two tabs');
    const front = page.getByRole('tab', { selected: true });
    await front.and(page.getByText('First')).waitFor();
    await page.locator('[data-panel="first"][data-state="ready"]').waitFor();
    await swipe(page, 'first');
    await front.and(page.getByText('Second')).waitFor();
    await page.locator('[data-panel="second"][data-state="ready"]').waitFor();
    await fits(page, 'two tabs');
    await context.close();
  });

  it('has every place of the dashboard within its edges, and what opens over them', async () => {
    const { page, context } = await hold('dana', '/layouts');
    await page.getByRole('row', { name: 'Desk' }).waitFor();
    await fits(page, 'library');
    await page.goto('/marketplace');
    await page.getByRole('searchbox').first().waitFor();
    await page.getByText('Data table').first().waitFor();
    await fits(page, 'marketplace');
    await page.goto('/departments/sales');
    await page.getByText('Two tabs').first().waitFor();
    await fits(page, 'department');
    for (const [section, says] of [
      ['people', 'Dana Petrova'],
      ['audit', 'pin.put'],
      ['tokens', 'Tokens'],
      ['settings', 'LIMIT_PEOPLE'],
    ] as const) {
      await page.goto(`/admin/${section}`);
      await page.getByRole('main').getByText(says).first().waitFor();
      await fits(page, `admin ${section}`);
    }
    await page.goto('/preferences');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await fits(page, 'preferences');
    await page.getByRole('button', { name: /^Notifications/ }).tap();
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
    await fits(page, 'notifications');
    await context.close();
  });

  it('is enough to build a layout: add, undo, share, and look at what it was', async () => {
    const { page, context } = await hold('alex', '/layouts');
    const id = await createLayout(page, { ...salesLayout('By thumb', 'notes'), visibility: 'private', department: null });
    await page.goto(`/l/${id}`);
    await ready(page, 'notes');
    await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Edit' }).tap();
    await page.getByRole('button', { name: 'Add widget' }).tap();
    const drawer = page.getByRole('complementary', { name: 'Add a widget' });
    await drawer.getByRole('button', { name: 'Add Date range', exact: true }).waitFor();
    await fits(page, 'adding a widget');
    await drawer.getByRole('button', { name: 'Add Date range', exact: true }).tap();
    // What was added is seen, and not what it was chosen from.
    await drawer.waitFor({ state: 'hidden' });
    await ready(page, 'date-range');
    await page.getByRole('button', { name: 'Undo', exact: true }).first().tap();
    await expect.poll(() => page.locator('section.dm-panel').count()).toBe(1);
    await page.getByRole('button', { name: 'Redo', exact: true }).tap();
    await ready(page, 'date-range');
    await fits(page, 'editing');
    await page.getByRole('button', { name: 'Save', exact: true }).tap();
    await expect.poll(async () => Object.keys((await readLayout(page, id)).panels).length).toBe(2);
    for (const [item, dialog, says] of [
      ['Share…', 'Share “By thumb”', 'Who has access'],
      ['History…', 'History of “By thumb”', 'Added Date range'],
    ] as const) {
      await page.getByRole('button', { name: 'Layout actions' }).tap();
      await page.getByRole('menuitem', { name: item }).tap();
      await page.getByRole('dialog', { name: dialog }).getByText(says).first().waitFor();
      await fits(page, item);
      await page.getByRole('dialog', { name: dialog }).getByRole('button', { name: 'Close', exact: true }).tap();
    }
    await context.close();
  });

  it('is a kiosk that a finger leaves', async () => {
    const { page, context } = await hold('casey', '/d/sales?kiosk=1h');
    await ready(page, 'data-table');
    await fits(page, 'kiosk');
    await page.locator('.kiosk-title').tap();
    await page.getByRole('button', { name: 'Leave the kiosk' }).tap();
    await page.getByRole('banner').waitFor();
    await context.close();
  });
});

describe('a tablet', () => {
  it('has the (+) between two panels to be seen, and it puts the widget there', async () => {
    const { page, context } = await hold('alex', '/layouts', TABLET);
    const stack = (panel: string) => ({ size: 0.5, node: { type: 'stack' as const, active: 0, panels: [panel] } });
    const id = await createLayout(page, {
      title: 'Side by side',
      visibility: 'private',
      tree: { type: 'row', children: [stack('left'), stack('right')] },
      panels: { left: { widget: 'notes@stable', title: 'Left' }, right: { widget: 'notes@stable', title: 'Right' } },
    });
    await page.goto(`/l/${id}`);
    await ready(page, 'notes');
    await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Edit' }).tap();
    const between = page.getByRole('button', { name: 'Add between Left and Right' });
    await between.waitFor();
    expect(await between.evaluate((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))).toBe(true);
    await picture(page, 'held by two hands between two panels');
    await between.tap();
    const drawer = page.getByRole('complementary', { name: 'Add a widget' });
    await drawer.getByRole('button', { name: 'Add Date range', exact: true }).tap();
    await ready(page, 'date-range');
    await expect
      .poll(() =>
        page
          .locator('section.dm-panel:visible')
          .evaluateAll((all) =>
            all
              .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
              .map((one) => one.getAttribute('data-widget')),
          ),
      )
      .toEqual(['notes', 'date-range', 'notes']);
    await context.close();
  });
});
