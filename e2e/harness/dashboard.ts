/** The dashboard as a person finds things on it: by what they are called. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The frame of a panel that runs this widget: the first one that is shown. */
export const panel = (page: Page, widget: string): Locator => page.locator(`section.dm-panel[data-widget="${widget}"]:visible`).first();

/** Until the widget in it is connected; hidden tabs stay unmounted until first shown. */
export async function ready(page: Page, ...widgets: string[]): Promise<void> {
  for (const widget of widgets)
    await page.locator(`section.dm-panel[data-widget="${widget}"][data-state="ready"]:visible`).first().waitFor();
}

export async function edit(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Add widget' }).waitFor();
}

export async function addWidget(page: Page, title: string): Promise<void> {
  const drawer = page.getByRole('complementary', { name: 'Add a widget' });
  if (!(await drawer.isVisible())) await page.getByRole('button', { name: 'Add widget' }).click();
  await drawer.getByRole('button', { name: `Add ${title}`, exact: true }).click();
}

/** Saves and waits until the server has it. */
export const save = (page: Page): Promise<void> => untilSaved(page, page.getByRole('button', { name: /^(Save|Merge and save)$/ }));

/** The first time, a layout asks for its name. */
export async function saveAs(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Name this layout' });
  await dialog.getByLabel('Title').fill(title);
  await untilSaved(page, dialog.getByRole('button', { name: 'Save' }));
}

/** Presses a button that saves, and waits until the server has it. */
export async function untilSaved(page: Page, button: Locator): Promise<void> {
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'PUT' && /\/api\/v1\/layouts\/[^/]+$/.test(answer.url())),
    button.click(),
  ]);
  expect(response.status()).toBe(200);
}

/** A row of the data table by the text of one of its cells. */
export const tableRow = (page: Page, text: string): Locator =>
  panel(page, 'data-table')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: text, exact: true }) });

/** Marks the element of a panel's widget, so that one can tell later whether it is still the same one. */
export async function mark(page: Page, widget: string): Promise<void> {
  await panel(page, widget).evaluate((frame) => {
    for (const element of frame.querySelectorAll('*'))
      if (element.tagName.includes('-')) (element as { marked?: boolean } & Element).marked = true;
  });
}

export const isMarked = (page: Page, widget: string): Promise<boolean> =>
  panel(page, widget).evaluate((frame) =>
    [...frame.querySelectorAll('*')].some((element) => (element as { marked?: boolean } & Element).marked === true),
  );

/** Everything that a panel says, shadow roots included. */
export const words = (frame: Locator): Promise<string> =>
  frame.evaluate((element) => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (node instanceof HTMLStyleElement) return '';
      const inside = node instanceof Element && node.shadowRoot ? [node.shadowRoot] : node.childNodes;
      return [...inside].map(read).join(' ');
    };
    return read(element).replace(/\s+/g, ' ').trim();
  });
