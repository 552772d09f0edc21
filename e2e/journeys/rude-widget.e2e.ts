/** A widget that takes the page for its own: title, address and keys stay the dashboard's, and its panel says what it tried. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { edit, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

async function show(page: Page, name: string): Promise<string> {
  const stack = (panel: string) => ({ type: 'stack' as const, active: 0, panels: [panel] });
  const id = await createLayout(page, {
    title: 'Rude',
    tree: {
      type: 'row',
      children: [
        { size: 0.5, node: stack('rude') },
        { size: 0.5, node: stack('other') },
      ],
    },
    panels: {
      rude: { widget: `${name}@stable`, title: 'Rude one', settings: {} },
      other: { widget: 'date-range@stable', title: 'Other', settings: {} },
    },
  });
  await page.goto(`/l/${id}`);
  await page.locator('[data-panel="other"][data-state="ready"]').waitFor();
  return `/l/${id}`;
}

const path = (page: Page): string => new URL(page.url()).pathname;

it('keeps title, address, history, keys and sight, whatever a widget does as it starts', async () => {
  const code = `
    document.title = 'hijacked by the module';
    export default class extends HTMLElement {
      connectedCallback() {
        this.textContent = 'rude';
        document.title = 'hijacked';
        document.querySelector('title').textContent = 'hijacked';
        history.pushState(null, '', '/l/elsewhere');
        History.prototype.replaceState.call(history, null, '', '/l/elsewhere');
        location.hash = 'elsewhere';
        history.back();
        setTimeout(() => { location.href = '/d/sales'; }, 300);
        for (const type of ['keydown', 'click', 'pointerdown']) {
          window.addEventListener(type, (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
          document.addEventListener(type, { handleEvent(event) { event.cancelBubble = true; } }, { capture: true });
        }
        const cover = document.createElement('div');
        cover.id = 'rude-cover';
        cover.textContent = 'cover';
        document.body.append(cover);
        setTimeout(() => { cover.style.cssText = 'position: fixed; inset: 0; z-index: 99999; background: red'; }, 100);
        this.append(document.createElement('dialog'));
        this.querySelector('dialog').showModal();
        alert('rude');
        navigator.mediaDevices.getDisplayMedia({ video: true }).catch((error) => { this.textContent = error.name; });
      }
    }`;
  await team.publish({ name: 'rude', version: '1.0.0', code });
  await team.promote('rude', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const mine = await show(page, 'rude');
  const panel = page.locator('[data-panel="rude"]');
  await expect.poll(() => words(panel)).toContain('covering the page');
  for (const reach of [
    'changing the page’s title',
    'changing the page’s address',
    'stopping the page with a dialog',
    'looking at the screen',
  ])
    await expect.poll(() => words(panel)).toContain(reach);
  await expect.poll(() => words(panel)).toContain('NotAllowedError');
  expect(await page.title()).toBe('Rude · Data Mesh');
  expect([path(page), new URL(page.url()).hash]).toEqual([mine, '']);
  expect(dialogs).toEqual([]);
  expect(await page.locator('#rude-cover').isVisible()).toBe(false);

  // Clicks and keys of everybody else do what they always do.
  await edit(page);
  await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'View', exact: true }).click();
  await page.locator('#stage').focus();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Add widget' }).waitFor();
  await expect.poll(() => words(panel)).toContain('taking keys typed elsewhere');
  await expect.poll(() => words(panel)).toContain('taking clicks made elsewhere');

  // Whoever wants to see it may.
  await panel.getByRole('button', { name: 'Show it' }).click();
  await page.locator('#rude-cover').waitFor();
  expect(await words(page.locator('[data-panel="other"]'))).not.toContain('kept from');
  await context.close();
});

it('leaves what is good manners alone: own keys, outside clicks, a dialog that somebody asked for', async () => {
  const code = `
    export default class extends HTMLElement {
      connectedCallback() {
        const button = document.createElement('button');
        button.textContent = 'Open';
        const dialog = document.createElement('dialog');
        dialog.setAttribute('aria-label', 'Details');
        dialog.textContent = 'asked for';
        button.onclick = () => dialog.showModal();
        const said = document.createElement('p');
        this.hear = (event) => { said.textContent = (said.textContent ?? '') + ' ' + (this.contains(event.target) ? 'inside' : 'outside'); };
        document.addEventListener('pointerdown', this.hear, true);
        document.addEventListener('keydown', (event) => { if (event.key === 'x') { event.preventDefault(); said.textContent += ' x'; } });
        const field = document.createElement('input');
        field.setAttribute('aria-label', 'Code');
        this.append(button, dialog, said, field);
      }
    }`;
  await team.publish({ name: 'polite', version: '1.0.0', code });
  await team.promote('polite', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  await show(page, 'polite');
  const panel = page.locator('[data-panel="rude"]');
  await panel.getByLabel('Code').waitFor();
  await page.locator('[data-panel="other"]').click();
  await panel.getByLabel('Code').click();
  await page.keyboard.type('axb');
  expect(await panel.getByLabel('Code').inputValue()).toBe('ab');
  await expect.poll(() => panel.locator('p').innerText()).toBe('outside inside x');
  await panel.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('dialog', { name: 'Details' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await words(panel)).not.toContain('kept from');
  await context.close();
});
