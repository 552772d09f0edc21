/** Sharing a layout from the screen: by name, at once on open pages, within the instance's rule; and asking for one that is not shared. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { edit, ready } from '../harness/dashboard';
import { beyondTheEdge } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout, readLayout, writeLayout } from '../harness/layouts';
import { picture } from '../harness/pictures';
import { inBothThemes } from '../harness/themes';

const here = journey();
const content = (title: string) => ({
  title,
  tree: { type: 'stack' as const, active: 0, panels: ['table'] },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings: {} } },
});
const nothingHere = (page: Page): Promise<void> => page.getByRole('heading', { name: 'There is nothing here' }).waitFor();

async function openShare(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog', { name: `Share “${title}”` });
  await dialog.getByRole('heading', { name: 'Who has access, and why' }).waitFor();
  return dialog;
}

/** In both themes, and with nothing beyond the edge of a phone. */
async function looksRight(page: Page, name: string): Promise<void> {
  await inBothThemes(page, name);
  await page.setViewportSize({ width: 390, height: 844 });
  const beyond = await beyondTheEdge(page, '.dialog-modal, .sharing *, .ask *');
  await picture(page, `${name} phone`);
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(beyond).toEqual([]);
}

describe('sharing', () => {
  it('is by name and by keyboard, and holds at once where the layout is waited for, edited or looked at', async () => {
    const alex = await here.visitors.person('alex');
    const casey = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 404/);
    const id = await createLayout(alex.page, content('Shared by name'));
    await casey.page.goto(`/l/${id}`);
    await nothingHere(casey.page);

    await alex.page.goto(`/l/${id}`);
    await ready(alex.page, 'data-table');
    const dialog = await openShare(alex.page, 'Shared by name');
    await dialog.getByRole('combobox', { name: 'Add people and departments' }).pressSequentially('brooks ca');
    await alex.page.getByRole('option', { name: /Casey Brooks/ }).waitFor();
    await alex.page.keyboard.press('ArrowDown');
    await alex.page.keyboard.press('Enter');
    await dialog.getByText('added here, may view').waitFor();
    await dialog.getByText('Casey Brooks may view it from now on.').waitFor();
    await ready(casey.page, 'data-table');
    expect(await casey.page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
    // Neither of them is somebody who has not signed in yet.
    const field = dialog.getByRole('combobox', { name: 'Add people and departments' });
    await field.pressSequentially('casey');
    await alex.page.getByText('Casey Brooks has access already.').waitFor();
    await field.fill('');
    await field.pressSequentially('alex li');
    await alex.page.getByText('That is you.').waitFor();
    await field.fill('');
    await looksRight(alex.page, 'shared by name');

    // What is told goes by itself: it is waited for before it can come.
    let told = casey.page.getByText('You may edit “Shared by name” from now on.').waitFor();
    await dialog.getByRole('combobox', { name: 'What Casey Brooks may do' }).selectOption('edit');
    await told;
    await edit(casey.page);
    told = casey.page.getByText('You may only look at “Shared by name” from now on.').waitFor();
    await dialog.getByRole('combobox', { name: 'What Casey Brooks may do' }).selectOption('view');
    await told;
    await casey.page.getByRole('button', { name: 'Make my own copy' }).waitFor();

    await dialog.getByRole('button', { name: 'Remove Casey Brooks' }).click();
    await nothingHere(casey.page);
    await dialog.getByText('Casey Brooks is no longer added.').waitFor();
    expect((await readLayout(alex.page, id)).grants).toEqual([]);
    await alex.context.close();
    await casey.context.close();
  });

  it('is with a department, and offers no more than the instance lets one do', async () => {
    const alex = await here.visitors.person('alex');
    const casey = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 404/);
    const table = { widget: 'data-table@stable', title: 'Instruments', settings: { source: 'markets/instruments.json' } };
    const id = await createLayout(alex.page, { ...content('For Sales'), panels: { table } });
    await casey.page.goto(`/l/${id}`);
    await nothingHere(casey.page);
    await alex.page.goto(`/l/${id}`);
    await ready(alex.page, 'data-table');
    const dialog = await openShare(alex.page, 'For Sales');
    await dialog.getByText('Your role does not share with the whole company here.').waitFor();
    expect(await dialog.getByRole('radio', { name: /The whole company/ }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /^Sales/ }).check({ force: true });
    await dialog.getByText('everybody there may view, its power users may edit', { exact: true }).waitFor();
    await dialog.getByText('What will they see?').click();
    await dialog
      .getByText(
        /^Everybody in Sales sees it as it was saved last\..* Power users there change it for everybody\. They may read data of markets\./,
      )
      .waitFor();
    await ready(casey.page, 'data-table');
    await dialog.getByRole('radio', { name: /Nobody else/ }).check({ force: true });
    await nothingHere(casey.page);
    await alex.context.close();
    await casey.context.close();
  });

  it('loses nothing of whoever is quicker than the answer', async () => {
    const { page, context } = await here.visitors.person('alex');
    const id = await createLayout(page, content('In a hurry'));
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table');
    const dialog = await openShare(page, 'In a hurry');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/sharing$/, (route) => held.then(() => route.continue()));
    await dialog.getByRole('radio', { name: /^Sales/ }).check({ force: true });
    await dialog.getByRole('radio', { name: /Nobody else/ }).check({ force: true });
    answer();
    await dialog.getByText('Only those who are added have access from now on.').waitFor();
    await dialog.and(page.locator(':has([aria-busy="false"])')).waitFor();
    expect(await dialog.getByRole('radio', { name: /Nobody else/ }).isChecked()).toBe(true);
    expect(await readLayout(page, id)).toMatchObject({ visibility: 'private', revision: 3 });
    await context.close();
  });

  it('adds nobody who was found for a name that one has typed on from', async () => {
    // Who has signed in once is found.
    await (await here.visitors.person('casey')).context.close();
    const { page, context } = await here.visitors.person('alex');
    const id = await createLayout(page, content('For nobody'));
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table');
    const dialog = await openShare(page, 'For nobody');
    const field = dialog.getByRole('combobox', { name: 'Add people and departments' });
    await field.pressSequentially('casey');
    await page.getByRole('option', { name: /Casey Brooks/ }).waitFor();
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/v1/people?*', (route) => held.then(() => route.continue()));
    await field.pressSequentially(' else');
    for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
    answer();
    await page.getByText('Nobody of this name has signed in yet.').waitFor();
    expect((await readLayout(page, id)).grants).toEqual([]);
    await context.close();
  });

  it('leaves what is unsaved as it is', async () => {
    const { page, context } = await here.visitors.person('alex');
    const id = await createLayout(page, content('Before'));
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table');
    await edit(page);
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: /Rename/ }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('After');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Share “Before”' });
    await dialog.getByText('What you have not saved is not shared yet').waitFor();
    await dialog.getByRole('radio', { name: /^Sales/ }).check({ force: true });
    await dialog.getByText('Everybody in Sales may view it from now on.').waitFor();
    await page.keyboard.press('Escape');
    expect(await readLayout(page, id)).toMatchObject({ title: 'Before', visibility: 'department', revision: 2 });
    const [saved] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'PUT' && /\/layouts\/[^/]+$/.test(answer.url())),
      page.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(saved.status()).toBe(200);
    expect(await readLayout(page, id)).toMatchObject({ title: 'After', visibility: 'department', revision: 3 });
    await context.close();
  });
});

describe('asking for access', () => {
  it('reaches the owner, whose one click opens the layout where it was asked for', async () => {
    const alex = await here.visitors.person('alex');
    const casey = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 404/);
    const id = await createLayout(alex.page, content('Asked for'));
    await casey.page.goto(`/l/${id}`);
    await casey.page.getByLabel('What do you need it for? (optional)').fill('The desk call at nine');
    await looksRight(casey.page, 'asking for access');
    const told = alex.page.getByText('Casey Brooks asks to see “Asked for”.').waitFor();
    await casey.page.getByRole('button', { name: 'Ask for access' }).click();
    await casey.page.getByText(/^You have asked for access on .* Leave this page open/).waitFor();
    await casey.page.reload();
    await casey.page.getByText(/^You have asked for access on /).waitFor();
    expect(await casey.page.getByRole('button', { name: 'Ask for access' }).count()).toBe(0);
    await looksRight(casey.page, 'asked for access');

    await told;
    // It waits, also for a page that is opened later.
    await alex.page.reload();
    await alex.page.getByRole('button', { name: 'Account of Alex Lin, 1 request for access' }).click();
    await alex.page.getByRole('menuitem', { name: /Requests for access/ }).click();
    const dialog = alex.page.getByRole('dialog', { name: 'Requests for access' });
    await dialog.getByText('“The desk call at nine”').waitFor();
    await looksRight(alex.page, 'requests for access');
    await dialog.getByRole('button', { name: 'Let Casey Brooks view' }).click();
    await ready(casey.page, 'data-table');
    await dialog.getByText('Nobody waits for an answer.').waitFor();
    await alex.context.close();
    await casey.context.close();
  });

  it('is answered where it is told, with one click, which can be taken back', async () => {
    const alex = await here.visitors.person('alex');
    const casey = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 404/);
    const [given, declined] = [
      await createLayout(alex.page, content('To be given')),
      await createLayout(alex.page, content('To be declined')),
    ];
    const news = alex.page.getByRole('region', { name: 'News' });
    const ask = async (layout: string, title: string): Promise<Locator> => {
      const toast = news.locator('.toast', { hasText: `Casey Brooks asks to see “${title}”.` });
      // What is told goes by itself: it is waited for before it can come.
      const told = toast.waitFor();
      await casey.page.goto(`/l/${layout}`);
      await casey.page.getByRole('button', { name: 'Ask for access' }).click();
      await told;
      return toast;
    };
    const give = (await ask(given, 'To be given')).getByRole('button', { name: 'Give access' });
    const done = news.locator('.toast', { hasText: 'Casey Brooks may view “To be given” from now on.' });
    const told = done.waitFor();
    await give.click();
    await told;
    await done.hover();
    await ready(casey.page, 'data-table');
    const back = news.getByText('“To be given” is shared as it was before.').waitFor();
    await done.getByRole('button', { name: 'Undo' }).click();
    await back;
    await nothingHere(casey.page);
    expect((await readLayout(alex.page, given)).grants).toEqual([]);

    const nothing = news.getByText('Casey Brooks gets no access, and is not told.').waitFor();
    await (await ask(declined, 'To be declined')).getByRole('button', { name: 'Decline' }).click();
    await nothing;
    await casey.page.reload();
    await casey.page.getByText(/^You have asked for access on /).waitFor();
    await alex.context.close();
    await casey.context.close();
  });

  it('is no question any more once it is shared in another way', async () => {
    const alex = await here.visitors.person('alex');
    const casey = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 404/);
    const id = await createLayout(alex.page, content('For all of Sales'));
    await casey.page.goto(`/l/${id}`);
    await casey.page.getByRole('button', { name: 'Ask for access' }).click();
    await alex.page.getByRole('button', { name: 'Account of Alex Lin, 1 request for access' }).waitFor();
    await writeLayout(
      alex.page,
      'PUT',
      `/layouts/${id}`,
      { ...content('For all of Sales'), department: 'sales', visibility: 'department' },
      1,
    );
    await ready(casey.page, 'data-table');
    await alex.page.getByRole('button', { name: 'Account of Alex Lin', exact: true }).waitFor();
    await alex.context.close();
    await casey.context.close();
  });
});
