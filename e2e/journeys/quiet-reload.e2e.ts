/** A page that has followed many versions is offered anew while nobody uses it, and comes back as it was. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { edit } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();

/** As many as make a page worth loading anew, and the one that it begins with. */
const VERSIONS = Array.from({ length: 21 }, (_, minor) => `1.${minor}.0`);
const [FIRST = ''] = VERSIONS;

/** Counts, in its state; sets and shows a filter, sends and shows an instrument on its channel; is longer than its panel, and so is a list in it. */
const counter = `
  export default class extends HTMLElement {
    async connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const count = document.createElement('button');
      const filter = document.createElement('button');
      const instrument = document.createElement('button');
      const draft = document.createElement('input');
      const list = document.createElement('div');
      const rest = document.createElement('div');
      this.count ??= 0;
      const draw = () => { count.textContent = 'counted ' + this.count; };
      count.onclick = () => { this.count += 1; draw(); };
      draw();
      filter.textContent = 'no filter';
      instrument.textContent = 'no instrument';
      draft.setAttribute('aria-label', 'Draft');
      list.id = 'list';
      list.style.cssText = 'height: 60px; overflow: auto';
      rest.style.height = '900px';
      root.append(count, filter, instrument, draft, list, rest);
      // What a list shows comes a moment after the list.
      setTimeout(() => { for (let row = 0; row < 50; row++) list.append(Object.assign(document.createElement('p'), { textContent: 'row ' + row })); }, 50);
      instrument.onclick = () => this.fdc3.broadcast({ type: 'fdc3.instrument', id: { ticker: 'IBM' } });
      this.fdc3.addContextListener('fdc3.instrument', ({ id }) => { instrument.textContent = 'shows ' + id.ticker; });
      const channel = await this.fdc3.getOrCreateChannel('dashboard');
      filter.onclick = () => channel.broadcast({ type: 'datamesh.airport', id: { iata: 'ZRH' } });
      await channel.addContextListener('datamesh.airport', ({ id }) => { filter.textContent = 'filter ' + id.iata; });
    }
    get isDirty() { return Boolean(this.shadowRoot?.querySelector('input').value); }
    getState() { return { count: this.count }; }
    setState(state) { this.count = state.count; }
  }`;

let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  await team.publish(...VERSIONS.map((version) => ({ name: 'often', version, code: counter })));
});

const layout = (title: string, ...stacks: string[][]): LayoutContentInput => ({
  title,
  tree: { type: 'column', children: stacks.map((panels) => ({ size: 1 / stacks.length, node: { type: 'stack', active: 0, panels } })) },
  panels: Object.fromEntries(stacks.flat().map((panel) => [panel, { widget: 'often@stable', title: panel, settings: {} }])),
});

const panel = (page: Page, name: string): Locator => page.locator(`[data-panel="${name}"]`);
const press = (page: Page, name: string, button: string): Promise<void> => panel(page, name).getByRole('button', { name: button }).click();
const has = (page: Page, name: string, button: string): Promise<void> => panel(page, name).getByRole('button', { name: button }).waitFor();
const offer = (page: Page): Locator => page.getByRole('status').getByRole('button', { name: 'Reload' });
const reloaded = (page: Page): Promise<unknown> => Promise.all([page.waitForEvent('load'), offer(page).click()]);

const topOf = (scroller: Locator): Promise<number> => scroller.evaluate((element) => element.scrollTop);
async function scroll(scroller: Locator, to: number): Promise<void> {
  await expect
    .poll(async () => {
      await scroller.evaluate((element, top) => element.scrollTo(0, top), to);
      return topOf(scroller);
    })
    .toBe(to);
}
const dashboard = (page: Page): Locator => page.locator('.dm-workspace:not(.dm-away)');

/** Everything that the page follows, and then nobody touches it: until then somebody does, or a slow machine would make it a quiet minute. */
async function followMany(page: Page, follower: string): Promise<void> {
  for (const [nth, version] of VERSIONS.slice(1).entries()) {
    await team.promote('often', version);
    await expect.poll(() => panel(page, follower).getAttribute('data-version')).toBe(version);
    await page.mouse.move(5 + nth, 5);
  }
}

async function openPage(person: 'alex' | 'casey'): Promise<Page> {
  await team.promote('often', FIRST);
  const { page } = await here.visitors.newcomer();
  // Time passes as ever, and a minute can be let pass at once. From the page's beginning: a widget may ask for dates meanwhile.
  await page.clock.install();
  await signIn(page, person);
  return page;
}

describe('a page that has followed many versions', () => {
  it('is offered anew at an idle moment, and loses nothing by it', async () => {
    const page = await openPage('alex');
    const looking = await createLayout(page, layout('Looking', ['first', 'second'], ['third'], ['fifth'], ['last']));
    const editing = await createLayout(page, layout('Editing', ['one'], ['two', 'three']));
    // Narrow: one column, which scrolls.
    await page.setViewportSize({ width: 680, height: 700 });

    // A layout that is open and not shown: it is edited, one panel fills it, a tab that is not its first one is in front.
    await page.goto(`/l/${editing}`);
    await edit(page);
    await page.getByRole('tab', { name: 'three' }).click();
    await press(page, 'three', 'counted 0');
    await page
      .locator('.dm-stack', { has: page.getByRole('tab', { name: 'three' }) })
      .getByRole('button', { name: 'Maximise' })
      .click();
    await panel(page, 'one').waitFor({ state: 'hidden' });

    // Unsaved: one panel less. A tab that is not the layout's first, states, a filter, an instrument, and places far down.
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `/l/${looking}`);
    await panel(page, 'first').waitFor();
    await edit(page);
    await page.locator('.dm-stack', { hasText: 'fifth' }).getByRole('button', { name: 'Close' }).click();
    await panel(page, 'fifth').waitFor({ state: 'detached' });
    await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'View' }).click();
    await scroll(panel(page, 'first').locator('#list'), 77);
    await page.getByRole('tab', { name: 'second' }).click();
    await press(page, 'second', 'counted 0');
    await press(page, 'second', 'counted 1');
    await press(page, 'third', 'no filter');
    await press(page, 'third', 'no instrument');
    await press(page, 'last', 'counted 0');
    await has(page, 'last', 'filter ZRH');
    await has(page, 'last', 'shows IBM');
    await scroll(panel(page, 'last').locator('#list'), 300);
    await scroll(panel(page, 'third'), 120);

    await followMany(page, 'second');
    await scroll(dashboard(page), 57);
    expect(await offer(page).isVisible()).toBe(false);
    await page.clock.fastForward(60_000);
    await offer(page).waitFor();
    const place = await topOf(dashboard(page));
    expect(place).toBeGreaterThan(0);
    // A new version is scrolled to where the one before it was.
    await expect.poll(() => topOf(panel(page, 'third'))).toBe(120);
    await expect.poll(() => topOf(panel(page, 'last').locator('#list'))).toBe(300);
    await reloaded(page);

    await has(page, 'second', 'counted 2');
    await has(page, 'last', 'counted 1');
    for (const name of ['second', 'third', 'last']) await has(page, name, 'filter ZRH');
    // Whoever sent it does not hear it, now as before.
    for (const name of ['second', 'last']) await has(page, name, 'shows IBM');
    await has(page, 'third', 'no instrument');
    expect(await panel(page, 'fifth').count()).toBe(0);
    expect(await panel(page, 'first').isVisible()).toBe(false);
    expect(await page.getByText('unsaved changes from').count()).toBe(0);
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
    await expect.poll(() => topOf(dashboard(page))).toBe(place);
    await expect.poll(() => topOf(panel(page, 'third'))).toBe(120);
    await expect.poll(() => topOf(panel(page, 'last').locator('#list'))).toBe(300);
    await page.getByRole('tab', { name: 'first' }).click();
    await expect.poll(() => topOf(panel(page, 'first').locator('#list'))).toBe(77);
    await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('dm.carried')))).toEqual([]);

    // Where there is room for them, open layouts are tabs.
    await page.setViewportSize({ width: 1440, height: 900 });
    // What was done can still be undone, and done again.
    await edit(page);
    const toolbar = page.getByRole('banner');
    await toolbar.getByRole('button', { name: 'Undo' }).click();
    await panel(page, 'fifth').waitFor();
    await toolbar.getByRole('button', { name: 'Redo' }).click();
    await panel(page, 'fifth').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Editing' }).click();
    await has(page, 'three', 'counted 1');
    await page.getByRole('button', { name: 'Add widget' }).waitFor();
    expect(await panel(page, 'one').isVisible()).toBe(false);
    await page.context().close();
  });

  it('stays while its next one would not come, while something is not saved, or where the browser keeps nothing', async () => {
    const page = await openPage('casey');
    const id = await createLayout(page, layout('Staying', ['only']));
    await page.goto(`/l/${id}`);
    await has(page, 'only', 'counted 0');
    await press(page, 'only', 'counted 0');
    await followMany(page, 'only');
    const said = (text: RegExp): Promise<void> => page.getByText(text).first().waitFor();
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    const samePage = (): Promise<boolean> => page.evaluate(() => 'samePage' in window);

    // Nobody is interrupted: not while a field has the caret, however long.
    await panel(page, 'only').getByLabel('Draft').click();
    await page.clock.fastForward(600_000);
    await has(page, 'only', 'counted 1');
    expect(await offer(page).isVisible()).toBe(false);
    await panel(page, 'only')
      .getByLabel('Draft')
      .evaluate((field) => (field as HTMLElement).blur());
    await page.clock.fastForward(60_000);
    await offer(page).waitFor();

    // The registry answers nothing more, which the page has not noticed.
    await page.route('**/api/v1/session', (route) => route.abort());
    here.visitors.watch.expect(/net::ERR_/);
    await offer(page).click();
    await said(/out of reach, so this page stays/);
    await page.unroute('**/api/v1/session');

    await panel(page, 'only').getByLabel('Draft').fill('half');
    await offer(page).click();
    await said(/only has something that is not saved/);
    await panel(page, 'only').getByLabel('Draft').fill('');

    await page.evaluate(() =>
      Object.defineProperty(window, 'sessionStorage', {
        configurable: true,
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      }),
    );
    here.visitors.watch.expect(/does not keep what is open/);
    await offer(page).click();
    await said(/no room to keep what is open/);
    expect(await samePage()).toBe(true);
    await has(page, 'only', 'counted 1');
    await page.context().close();
  });
});
