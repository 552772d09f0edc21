/** A version that people have open is withdrawn: it stops at once wherever it runs, nothing that was entered is lost, and they hear why. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { edit, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey({ proxied: true });
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

/** Never done: it always says that it has unsaved work. */
const form = (version: string): string => `
  export default class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const field = document.createElement('input');
      field.setAttribute('aria-label', 'Remark');
      field.value = this.kept ?? '';
      this.field = field;
      const heading = document.createElement('p');
      heading.textContent = 'form ${version}';
      root.append(heading, field);
    }
    get isDirty() { return true; }
    getState() { return { text: this.field?.value ?? this.kept }; }
    setState({ text }) { this.kept = text; }
  }`;

let count = 0;
async function published(...versions: string[]): Promise<string> {
  const name = `form-${++count}`;
  for (const version of versions) await team.publish({ name, version, code: form(version), manifest: { title: 'Form' } });
  await team.promote(name, versions[0] ?? '');
  return name;
}

async function show(page: Page, widget: string): Promise<Locator> {
  const stack = (...panels: string[]) => ({ type: 'stack' as const, active: 0, panels });
  const id = await createLayout(page, {
    title: 'Withdrawn',
    tree: {
      type: 'row',
      children: [
        { size: 0.5, node: stack('one', 'behind') },
        { size: 0.5, node: stack('two') },
      ],
    },
    panels: { one: { widget, settings: {} }, behind: { widget, settings: {} }, two: { widget: 'date-range@stable', settings: {} } },
  });
  await page.goto(`/l/${id}`);
  const panel = page.locator('[data-panel="one"]');
  await panel.getByLabel('Remark').fill('half a sentence');
  return panel;
}

const runs = (panel: Locator, version: string): Promise<void> => panel.getByText(`form ${version}`).waitFor();

describe('a panel that follows', () => {
  it('moves to what the channel falls back to, also with unsaved work and while somebody types, and says why', async () => {
    const name = await published('0.9.0', '1.0.0');
    await team.promote(name, '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = await show(page, `${name}@stable`);
    await runs(panel, '1.0.0');
    // What is told goes by itself: it is waited for before it can come.
    const told = page.getByRole('region', { name: 'News' }).getByText('Form 1.0.0 was withdrawn by its publisher: “steals data”').waitFor();
    await team.yank(name, '1.0.0', 'steals data');
    await runs(panel, '0.9.0');
    expect(await panel.getByLabel('Remark').inputValue()).toBe('half a sentence');
    await page.keyboard.type(', and the rest');
    expect(await panel.getByLabel('Remark').inputValue()).toBe('half a sentence, and the rest');
    expect(await words(panel)).toContain('1.0.0 was withdrawn by its publisher: “steals data”. You see 0.9.0 now.');
    await told;
    // The tab behind it was never opened and never runs it.
    await page.getByRole('tab', { name: 'Form' }).nth(1).click();
    await runs(page.locator('[data-panel="behind"]'), '0.9.0');
    await page.reload();
    await runs(panel, '0.9.0');
    await context.close();
  });

  it('does so in every tab of the browser, and in one that was away while it happened', async () => {
    const name = await published('0.9.0', '1.0.0');
    await team.promote(name, '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = await show(page, `${name}@stable`);
    const second = await context.newPage();
    await second.goto(page.url());
    await runs(second.locator('[data-panel="one"]'), '1.0.0');
    here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
    await here.stack.proxy?.stop();
    await page
      .getByText(/Offline/)
      .first()
      .waitFor();
    await team.yank(name, '1.0.0', 'steals data');
    await here.stack.proxy?.comeBack();
    for (const one of [panel, second.locator('[data-panel="one"]')]) {
      await expect.poll(() => words(one)).toContain('1.0.0 was withdrawn by its publisher: “steals data”');
      await runs(one, '0.9.0');
    }
    expect(await panel.getByLabel('Remark').inputValue()).toBe('half a sentence');
    await context.close();
  });
});

describe('a panel that is pinned', () => {
  it('stops, keeps its name and what was entered, and offers the nearest version to somebody who looks', async () => {
    const name = await published('2.0.0', '1.0.0', '1.1.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = await show(page, `${name}@1.1.0`);
    await runs(panel, '1.1.0');
    await team.yank(name, '1.1.0', 'steals data');
    await panel.getByText('Form 1.1.0 was withdrawn').waitFor();
    expect(await words(panel)).toContain('steals data');
    expect(await panel.getByLabel('Remark').count()).toBe(0);
    expect(await panel.getAttribute('aria-label')).toBe('Form');
    await panel.getByRole('button', { name: 'Follow stable (2.0.0)' }).waitFor();
    await page.reload();
    // Somebody who comes later sees the same, by the widget's name.
    await panel.getByText('Form 1.1.0 was withdrawn').waitFor();
    await panel.getByRole('button', { name: 'Use 1.0.0' }).click();
    await runs(panel, '1.0.0');
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await context.close();
  });

  it('follows stable in the layout with one click of somebody who edits it, with what was entered', async () => {
    const name = await published('2.0.0', '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = await show(page, `${name}@1.0.0`);
    await edit(page);
    await team.yank(name, '1.0.0', 'steals data');
    await panel.getByRole('button', { name: 'Follow stable (2.0.0)' }).click();
    await runs(panel, '2.0.0');
    expect(await panel.getByLabel('Remark').inputValue()).toBe('half a sentence');
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await context.close();
  });
});

it('says to the people who use a version that its publisher advises against it, once for each of them', async () => {
  const name = await published('1.0.0');
  const { page, context } = await here.visitors.person('casey');
  const panel = await show(page, `${name}@1.0.0`);
  // Who pins a version sees which one.
  await page.locator('.dm-stack').first().getByText('1.0.0').waitFor();
  await team.deprecate(name, '1.0.0', 'use 2 from March on');
  await panel.getByText('The publisher advises against this version: “use 2 from March on”').waitFor();
  expect(await panel.getByLabel('Remark').inputValue()).toBe('half a sentence');
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await page.reload();
  await panel.getByLabel('Remark').waitFor();
  expect(await words(panel)).not.toContain('advises against');
  await context.close();
});
