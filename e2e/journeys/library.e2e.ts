/** The library: every layout one may see, by whose it is, by the words of its title, in two orders, starred or opened last; the bin. By keyboard, on a phone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ready } from '../harness/dashboard';
import { beyondTheEdge, isWithin } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { inBothThemes } from '../harness/themes';

const here = journey();
const content = (title: string) => ({
  title,
  tree: {
    type: 'row' as const,
    children: ['table', 'notes'].map((panel) => ({ size: 0.5, node: { type: 'stack' as const, active: 0, panels: [panel] } })),
  },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings: {} }, notes: { widget: 'notes@stable', settings: {} } },
});

it('shows what one may see, finds it while one types, and opens it by keyboard', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  await createLayout(casey.page, content('Zebra of Casey alone'));
  await createLayout(casey.page, { ...content('Zebra shared by Casey'), grants: [{ to: 'user:alex', may: 'view' }] });
  await createLayout(alex.page, content('Zebra of Alex'));
  await alex.context.close();

  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await page.getByRole('button', { name: /^Department/ }).click();
  await page.getByRole('menuitem', { name: 'All layouts' }).click();
  await page.getByRole('heading', { name: 'Layouts', exact: true }).waitFor();
  const cards = page.getByRole('grid', { name: 'Layouts' }).getByRole('row');
  await cards
    .filter({ hasText: 'Markets morning' })
    .getByText(/pinned by Sales/)
    .waitFor();
  await expect.poll(async () => (await page.locator('.library-picture svg').count()) === (await cards.count())).toBe(true);
  await inBothThemes(page, 'library as cards');

  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('ebra');
  await expect.poll(() => cards.count()).toBe(2);
  await cards.filter({ hasText: 'Zebra shared by Casey' }).getByText('by Casey Brooks').first().waitFor();
  await page.getByRole('button', { name: 'Shared with me' }).click();
  await expect
    .poll(() => cards.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0])))
    .toEqual(['Zebra shared by Casey']);
  await page.getByRole('button', { name: 'Mine' }).click();
  await expect.poll(() => cards.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0]))).toEqual(['Zebra of Alex']);
  await page.getByText('1 layout', { exact: true }).waitFor();
  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('nowhere');
  await page.getByText('No layout has a title with “nowhere”.').waitFor();

  await page.getByRole('searchbox', { name: 'Search layouts' }).fill('alex zebra');
  const found = cards.filter({ hasText: 'Zebra of Alex' });
  await found.waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => isWithin(page)).toBe(true);
  expect(await beyondTheEdge(page, '.library *')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  // From the search to what it found, and back to the same question, which has an address.
  await page.getByRole('searchbox', { name: 'Search layouts' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => found.evaluate((card) => card === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await ready(page, 'data-table', 'notes');
  await page.goBack();
  await found.waitFor();
  expect(await page.getByRole('searchbox', { name: 'Search layouts' }).inputValue()).toBe('alex zebra');
  expect(await page.getByRole('button', { name: 'Mine' }).getAttribute('aria-pressed')).toBe('true');
  expect(new URL(page.url()).search).toBe('?scope=mine&q=alex+zebra');
  await page.getByRole('searchbox', { name: 'Search layouts' }).press('Enter');
  await ready(page, 'data-table', 'notes');
  // Whoever asks for all of them gets all of them.
  await page.goBack();
  await found.waitFor();
  await page.getByRole('button', { name: /^Department/ }).click();
  await page.getByRole('menuitem', { name: 'All layouts' }).click();
  await cards.filter({ hasText: 'Zebra shared by Casey' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await casey.context.close();
  await context.close();
});

it('goes by title where one likes, by keyboard, and says so in its address', async () => {
  const { page, context } = await here.visitors.person('alex');
  for (const title of ['Übersicht of the ibex', 'Ibex', 'ölpreise of the ibex']) await createLayout(page, content(title));
  await page.goto('/layouts?scope=mine&q=bex');
  const titles = page.getByRole('grid', { name: 'Layouts' }).locator('.library-title');
  const [byChange, byTitle] = [
    ['ölpreise of the ibex', 'Ibex', 'Übersicht of the ibex'],
    ['Ibex', 'ölpreise of the ibex', 'Übersicht of the ibex'],
  ];
  await expect.poll(() => titles.allInnerTexts()).toEqual(byChange);
  const sort = page.getByRole('combobox', { name: 'Sort by' });
  const beyond = (one: Element): number =>
    one.getBoundingClientRect().right - (one.closest('.library-tools')?.getBoundingClientRect().right ?? 0);
  expect(await sort.evaluate(beyond)).toBeLessThan(1);
  await sort.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => titles.allInnerTexts()).toEqual(byTitle);
  expect(new URL(page.url()).search).toBe('?scope=mine&q=bex&sort=title');
  await page.reload();
  await expect.poll(() => titles.allInnerTexts()).toEqual(byTitle);
  expect(await sort.inputValue()).toBe('title');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => isWithin(page)).toBe(true);
  expect(await sort.evaluate((one) => one.getBoundingClientRect().right <= innerWidth)).toBe(true);
  // What has an order of its own has none to choose.
  await page.getByRole('button', { name: 'Recent' }).click();
  await sort.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'All', exact: true }).click();
  expect(await sort.inputValue()).toBe('title');
  await context.close();
});

it('does from a card what needs no look at the layout first', async () => {
  const { page, context } = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  await createLayout(page, content('Quokka'));
  await createLayout(casey.page, { ...content('Quokka of Casey'), grants: [{ to: 'user:alex', may: 'view' }] });
  await casey.context.close();
  await page.goto('/layouts?q=quokka');
  const cards = page.getByRole('grid', { name: 'Layouts' }).getByRole('row');
  const titles = async () => (await cards.locator('.library-title').allInnerTexts()).sort();
  const choose = async (title: string, action: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${title}`, exact: true }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await expect.poll(titles).toEqual(['Quokka', 'Quokka of Casey']);
  await page.getByRole('button', { name: 'Actions for Quokka of Casey', exact: true }).click();
  await inBothThemes(page, 'library actions of a card');
  // Of somebody else's there is nothing to delete.
  expect(await page.getByRole('menuitem', { name: 'Delete layout…' }).count()).toBe(0);
  await page.getByRole('menuitem', { name: 'Make my own copy' }).click();
  await ready(page, 'data-table', 'notes');
  await page.getByText('This copy is your own.').waitFor();
  await page.goBack();
  await expect.poll(titles).toEqual(['Quokka', 'Quokka of Casey', 'Quokka of Casey (my copy)']);

  await choose('Quokka', 'Delete layout…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete layout' }).click();
  await expect.poll(titles).toEqual(['Quokka of Casey', 'Quokka of Casey (my copy)']);
  await page.getByRole('region', { name: 'News' }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(titles).toEqual(['Quokka', 'Quokka of Casey', 'Quokka of Casey (my copy)']);

  await choose('Quokka', 'Share…');
  await page.getByRole('dialog', { name: 'Share “Quokka”' }).waitFor();
  await ready(page, 'data-table', 'notes');
  await context.close();
});

it('keeps what was deleted in the bin, says so at its link, and gives it back', async () => {
  here.visitors.watch.expect(/status of (404|410)/);
  const { page, context } = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey');
  const id = await createLayout(page, { ...content('Yak of Alex'), grants: [{ to: 'user:casey', may: 'view' }] });
  const old = await createLayout(page, content('Old yak'));
  for (const layout of [old, id]) {
    await page.goto(`/l/${layout}`);
    await ready(page, 'data-table', 'notes');
  }
  await casey.page.goto(`/l/${id}`);
  await ready(casey.page, 'data-table', 'notes');
  const remove = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete layout…' }).click();
    // Whoever goes elsewhere before the server has heard it may take it back.
    const deleted = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.ok());
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete layout' }).click();
    await deleted;
  };

  // Undo, at once: also the page of somebody else, which had said that it was deleted.
  await remove();
  const news = page.getByRole('region', { name: 'News' });
  const undo = news.locator('.toast', { hasText: '“Yak of Alex” was deleted.' }).getByRole('button', { name: 'Undo' });
  // Nothing disappears under somebody's pointer.
  await undo.hover();
  await casey.page.getByText('It stays in the bin for 30 days').waitFor();
  // What is told goes by itself: it is waited for before it can come.
  const back = news.getByText('“Yak of Alex” is back.').waitFor();
  await undo.click();
  await back;
  await ready(page, 'data-table', 'notes');
  await casey.page.getByText('It stays in the bin for 30 days').waitFor({ state: 'detached' });

  await remove();
  await undo.waitFor();
  // Whoever follows the link later is told, and its page opens by itself once it is back.
  await casey.page.reload();
  await casey.page.getByRole('heading', { name: 'This layout is in the bin' }).waitFor();
  await casey.page.getByText(/“Yak of Alex” was deleted by Alex .*\. Ask its owner to restore it until/).waitFor();
  expect(await casey.page.getByRole('button', { name: 'Restore' }).count()).toBe(0);
  await page.goto(`/l/${id}`);
  await page.getByRole('heading', { name: 'This layout is in the bin' }).waitFor();
  await inBothThemes(page, 'layout in the bin');
  await page.getByRole('button', { name: 'Restore' }).click();
  await ready(page, 'data-table', 'notes');
  await ready(casey.page, 'data-table', 'notes');

  // From the bin itself, and for ever.
  await remove();
  await page.goto(`/l/${old}`);
  await ready(page, 'data-table', 'notes');
  await remove();
  await page.goto('/layouts');
  const cards = page.getByRole('grid', { name: 'Layouts' }).getByRole('row');
  await page.getByRole('button', { name: 'Bin' }).click();
  const titles = () => cards.locator('.library-title').allInnerTexts();
  await expect.poll(titles).toEqual(['Old yak', 'Yak of Alex']);
  await cards.first().getByText('gone for ever in 30 days').waitFor();
  await inBothThemes(page, 'bin');
  // The keyboard goes from card to card with arrows, and into one with Tab.
  await cards.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Restore Yak of Alex');
  await page.keyboard.press('Enter');
  await expect.poll(titles).toEqual(['Old yak']);
  await page.getByRole('button', { name: 'Delete for ever: Old yak' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for ever' }).click();
  await page.getByText('The bin is empty.').waitFor();
  await page.goto(`/l/${old}`);
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  await casey.context.close();
  await context.close();
});

it('finds again what one starred and what one opened last', async () => {
  const { page, context } = await here.visitors.person('casey');
  const [first, second] = [await createLayout(page, content('Gnu one')), await createLayout(page, content('Gnu two'))];
  for (const layout of [second, first]) {
    const noted = page.waitForResponse((answer) => answer.url().endsWith(`/layouts/${layout}/opened`) && answer.ok());
    await page.goto(`/l/${layout}`);
    await ready(page, 'data-table', 'notes');
    await noted;
  }
  await page.goto('/layouts');
  const cards = page.getByRole('grid', { name: 'Layouts' }).getByRole('row');
  const titles = () => cards.locator('.library-title').allInnerTexts();
  await page.getByRole('button', { name: 'Recent' }).click();
  await expect.poll(async () => (await titles()).slice(0, 2)).toEqual(['Gnu one', 'Gnu two']);
  const star = page.getByRole('button', { name: 'Star Gnu two' });
  await cards.first().focus();
  // The star is drawn before the server has it.
  const starred = page.waitForResponse((answer) => answer.url().endsWith('/star') && answer.ok());
  for (const key of ['ArrowRight', 'Tab', 'Space']) await page.keyboard.press(key);
  await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
  await starred;
  await page.reload();
  await page.getByRole('button', { name: 'Starred' }).click();
  await expect.poll(titles).toEqual(['Gnu two']);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => isWithin(page)).toBe(true);
  await inBothThemes(page, 'library on a phone');
  await context.close();
});

it('says how many people opened a layout, to whoever may know, and that it is not known while nobody tells', async () => {
  const [alex, dana] = [await here.visitors.person('alex'), await here.visitors.person('dana')];
  const id = await createLayout(dana.page, { ...content('Okapi'), grants: [{ to: 'user:alex', may: 'view' }] });
  for (const { page } of [alex, dana]) {
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table', 'notes');
    await page.goto('/layouts');
  }
  // It takes the tracker a moment to know of it.
  const card = dana.page.getByRole('grid', { name: 'Layouts' }).getByRole('row').filter({ hasText: 'Okapi' });
  const told = async (page: Page): Promise<number | undefined> => {
    const answered = page.waitForResponse((answer) => answer.url().includes('/api/tracker/v1/top') && answer.ok());
    await page.reload();
    const { items } = (await (await answered).json()) as { items: { value: string; visitors: number }[] };
    return items.find(({ value }) => value === id)?.visitors;
  };
  await expect.poll(() => told(dana.page)).toBe(2);
  await card.getByText('opened by 2 people in 30 days').waitFor();
  // Alex is told nothing of what fewer than five people did.
  expect(await told(alex.page)).toBeUndefined();
  const okapi = alex.page.getByRole('row').filter({ hasText: 'Okapi' });
  await okapi.waitFor();
  expect(await okapi.innerText()).not.toContain('opened by');

  here.visitors.watch.expect(/net::ERR_CONNECTION_REFUSED/);
  await dana.page.route('**/api/tracker/v1/top*', (route) => route.abort('connectionrefused'));
  await dana.page.reload();
  await dana.page.getByText('How many people opened each layout is not known right now.').waitFor();
  await card.waitFor();
  await dana.page.unroute('**/api/tracker/v1/top*');
  await dana.page.getByRole('button', { name: 'Try again' }).click();
  await card.getByText('opened by 2 people in 30 days').waitFor();
  await alex.context.close();
  await dana.context.close();
});

it('shows more once, however often one asks, and never beside the answer to another question', async () => {
  const { page, context } = await here.visitors.person('alex');
  for (let nth = 0; nth < 52; nth++) await createLayout(page, content(`Many ${nth}`));
  await createLayout(page, { ...content('The only one'), department: 'sales', visibility: 'department' });
  await page.goto('/layouts');
  const cards = page.getByRole('grid', { name: 'Layouts' }).getByRole('row');
  const titles = () => cards.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0]).sort());
  const search = page.getByRole('searchbox', { name: 'Search layouts' });
  // As long as the list before it: only what is in it tells that it is the answer.
  const searchMany = async () => {
    await search.fill('Many');
    await expect.poll(async () => (await titles()).filter((title) => title?.startsWith('Many')).length).toBe(48);
    await expect.poll(() => page.getByRole('grid', { name: 'Layouts' }).getByText('The only one').count()).toBe(0);
  };
  await searchMany();
  const held: (() => Promise<void>)[] = [];
  await page.route(/api\/v1\/layouts\?.*cursor=/, async (route) => {
    held.push(() => route.continue());
  });
  const more = page.getByRole('button', { name: 'Show more' });
  await more.click();
  await more.click();
  await expect.poll(() => held.length).toBeGreaterThan(0);
  for (const go of held.splice(0)) await go();
  await expect.poll(() => cards.count()).toBeGreaterThan(48);
  expect(await titles()).toEqual(Array.from({ length: 52 }, (_, nth) => `Many ${nth}`).sort());

  await page.reload();
  await searchMany();
  await more.click();
  await expect.poll(() => held.length).toBe(1);
  const calledOff = page.waitForEvent('requestfailed', (request) => request.url().includes('cursor='));
  await search.fill('The only one');
  await calledOff;
  await expect.poll(titles).toEqual(['The only one']);
  await context.close();
});
