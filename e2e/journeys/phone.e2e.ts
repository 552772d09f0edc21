/** On a phone: one column, in which a finger swipes between the tabs of a stack, and everything else is as fingers know it. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();

/** A field, a list that scrolls down, and something that scrolls sideways. */
const code = `
  export default class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = '<input aria-label="Field"><div id="wide" style="overflow-x: auto"><p style="width: 1200px">wide</p></div><div id="long" style="height: 120px; overflow-y: auto"><p style="height: 900px">long</p></div>';
    }
  }`;

beforeAll(async () => {
  const team = await Team.of(here.stack);
  await team.publish({ name: 'touched', version: '1.0.0', code });
  await team.promote('touched', '1.0.0');
});

const content: LayoutContentInput = {
  title: 'In the hand',
  tree: { type: 'stack', active: 0, panels: ['one', 'two', 'three'] },
  panels: Object.fromEntries(['one', 'two', 'three'].map((id) => [id, { widget: 'touched@stable', title: id, settings: {} }])),
};

/** One finger, as a screen tells of it. */
async function swipe(finger: CDPSession, from: Locator, across: number, down = 0): Promise<void> {
  const box = await from.boundingBox();
  if (!box) throw new Error('it is not shown');
  const [x, y] = [Math.min(box.x + box.width / 2, 190), box.y + box.height / 2];
  // A hand takes a tenth of a second for it, however long it takes this machine to tell the page: a slow one is no swipe.
  const began = Date.now() / 1000;
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }], timestamp: began });
  for (let step = 1; step <= 5; step++)
    await finger.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x: x + (across * step) / 5, y: y + (down * step) / 5 }],
      timestamp: began + step / 50,
    });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: began + 0.12 });
}

const inFront = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, selected: true }).waitFor();
const part = (page: Page, panel: string, selector: string): Locator => page.locator(`[data-panel="${panel}"] ${selector}`);

it('swipes between the tabs of a stack, and not over a field or what scrolls sideways', async () => {
  const { page, context } = await here.visitors.person('alex', '/');
  const id = await createLayout(page, content);
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(`/l/${id}`);
  await inFront(page, 'one');
  await part(page, 'one', '#long').waitFor();
  const finger = await context.newCDPSession(page);
  await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true });

  // Over what has a use for the movement itself.
  await swipe(finger, part(page, 'one', '#wide'), -120);
  await swipe(finger, part(page, 'one', 'input'), -120);
  await expect.poll(() => part(page, 'one', '#wide').evaluate((wide) => wide.scrollLeft)).toBeGreaterThan(0);
  // Down is down.
  await swipe(finger, part(page, 'one', '#long'), -20, -80);
  await expect.poll(() => part(page, 'one', '#long').evaluate((long) => long.scrollTop)).toBeGreaterThan(0);
  await inFront(page, 'one');
  // At the end there is nothing to go to.
  await swipe(finger, part(page, 'one', '#long'), 120);

  await swipe(finger, part(page, 'one', '#long'), -120);
  await inFront(page, 'two');
  await part(page, 'two', '#long').waitFor();
  await swipe(finger, part(page, 'two', '#long'), -120);
  await inFront(page, 'three');
  await part(page, 'three', '#long').waitFor();
  await swipe(finger, part(page, 'three', '#long'), 120);
  await inFront(page, 'two');

  // Nothing of it forbids the browser its own gestures: pulling down to load anew, zooming with two fingers.
  const styles = await page.locator('[data-panel="two"]').evaluate((panel) => {
    const found: string[] = [];
    for (let at: Element | null = panel; at; at = at.parentElement) {
      const { touchAction, overscrollBehaviorY } = getComputedStyle(at);
      found.push(touchAction, overscrollBehaviorY);
    }
    return [...new Set(found)];
  });
  expect(styles).toEqual(['auto']);
  await context.close();
});
