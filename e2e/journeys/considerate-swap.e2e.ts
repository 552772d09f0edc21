/** A new version comes while somebody is in the middle of something, or does not come at all. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { edit, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

/** A field, and what the element says to others at the moment in which it is connected. */
const letter = (version: string): string => `
  export default class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const field = document.createElement('textarea');
      field.setAttribute('aria-label', 'Letter');
      field.value = this.kept ?? '';
      this.field = field;
      const heading = document.createElement('p');
      heading.textContent = 'letter ${version}';
      root.append(heading, field);
      this.panel.setTitle('Letter ${version}');
      this.fdc3.broadcast({ type: 'fdc3.instrument', name: 'from ${version}', id: { ticker: 'X' } });
    }
    getState() { return { text: this.field.value }; }
    setState({ text }) { this.kept = text; }
  }`;

/** Keeps a list of what it hears. */
const listener = `
  export default class extends HTMLElement {
    connectedCallback() {
      this.textContent = 'heard:';
      this.fdc3.addContextListener('fdc3.instrument', ({ name }) => { this.textContent += ' ' + name + ';'; });
    }
  }`;

async function show(page: Page, ...widgets: string[]): Promise<Locator[]> {
  const names = widgets.map((_, i) => `p${i}`);
  const id = await createLayout(page, {
    title: 'Considerate',
    defaultChannel: 'blue',
    tree: { type: 'row', children: names.map((name) => ({ size: 1 / names.length, node: { type: 'stack', active: 0, panels: [name] } })) },
    panels: Object.fromEntries(widgets.map((widget, i) => [`p${i}`, { widget: `${widget}@stable`, settings: {} }])),
  });
  await page.goto(`/l/${id}`);
  return names.map((name) => page.locator(`[data-panel="${name}"]`));
}

const first = ([panel]: Locator[]): Locator => {
  if (!panel) throw new Error('no panel');
  return panel;
};

describe.each(['view', 'edit'])('while somebody types, in %s mode', (mode) => {
  it('the new version waits, says so, and loses no key', async () => {
    const name = `letter-${mode}`;
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await team.publish({ name, version, code: letter(version) });
    await team.promote(name, '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = first(await show(page, name));
    if (mode === 'edit') await edit(page);
    await panel.getByLabel('Letter').click();
    await page.keyboard.type('half a sent');
    await team.promote(name, '1.1.0');
    await panel.getByText('1.1.0 is ready.').waitFor();
    await page.keyboard.type('ence');
    expect(await panel.getAttribute('data-version')).toBe('1.0.0');
    expect(await panel.getByLabel('Letter').inputValue()).toBe('half a sentence');

    // Whoever says so has it at once, with the caret where it was.
    await panel.getByLabel('Letter').press('ArrowLeft');
    await panel.getByRole('button', { name: 'Update now' }).click();
    await panel.getByText('letter 1.1.0').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')))
      .toBe('Letter');
    await page.keyboard.type('!');
    expect(await panel.getByLabel('Letter').inputValue()).toBe('half a sentenc!e');
    expect(await words(panel)).not.toContain('is ready');

    // Whoever leaves the field has it a moment later.
    await team.promote(name, '1.2.0');
    await panel.getByText('1.2.0 is ready.').waitFor();
    await page.getByRole('button', { name: /^Account of/ }).focus();
    await panel.getByText('letter 1.2.0').waitFor();
    expect(await panel.getByLabel('Letter').inputValue()).toBe('half a sentenc!e');
    await context.close();
  });
});

it('a version that is only tried is not heard by others, and one that stands is heard once', async () => {
  const failing = letter('1.1.0')
    .replace('getState() {', "async load() { throw new Error('for the journey'); } getState() {")
    .replace('this.panel.setTitle', 'this.load(); this.panel.setTitle');
  await team.publish(
    { name: 'speaker', version: '1.0.0', code: letter('1.0.0') },
    { name: 'speaker', version: '1.1.0', code: failing },
    { name: 'speaker', version: '1.2.0', code: letter('1.2.0') },
    { name: 'hearer', version: '1.0.0', code: listener },
  );
  await team.promote('speaker', '1.0.0');
  await team.promote('hearer', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const [speaker, hearer] = (await show(page, 'speaker', 'hearer')) as [Locator, Locator];
  await hearer.getByText('heard: from 1.0.0;').waitFor();
  await team.promote('speaker', '1.1.0');
  await speaker.getByText('1.1.0 failed to start. 1.0.0 goes on running.').waitFor();
  expect(await speaker.getAttribute('aria-label')).toBe('Letter 1.0.0');
  await team.promote('speaker', '1.2.0');
  await speaker.getByText('letter 1.2.0').waitFor();
  await expect.poll(() => hearer.innerText()).toBe('heard: from 1.0.0; from 1.2.0;');
  await context.close();
});

describe('a widget that does not answer', () => {
  it('says so after a while, offers what worked before, and comes as soon as it does answer', async () => {
    const name = 'silent';
    const code = (version: string): string => letter(version);
    await team.publish({ name, version: '1.0.0', code: code('1.0.0') }, { name, version: '1.1.0', code: code('1.1.0') });
    await team.promote(name, '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const panel = first(await show(page, name));
    await panel.getByLabel('Letter').fill('kept');
    // It has stood its first seconds: this browser remembers it.
    await expect.poll(() => page.evaluate(() => localStorage.getItem('dm.good-versions'))).toContain('"silent","1.0.0"');

    await page.route(`**/remotes/${name}/1.1.0/**`, () => undefined);
    await team.promote(name, '1.1.0');
    await panel.getByText('1.1.0 does not answer. 1.0.0 goes on running.').waitFor();
    expect(await panel.getByLabel('Letter').inputValue()).toBe('kept');

    await page.reload();
    await panel.getByText('This widget has not answered for 15 seconds.').waitFor();
    await panel.getByRole('button', { name: 'Use 1.0.0' }).click();
    await panel.getByText('letter 1.0.0').waitFor();

    await page.reload();
    await panel.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute(`**/remotes/${name}/1.1.0/**`);
    await panel.getByText('letter 1.1.0').waitFor();
    await context.close();
  });

  it('that waits for ever inside its own module offers the page anew, and the others work', async () => {
    await team.publish(
      { name: 'forever', version: '1.0.0', code: 'await new Promise(() => {}); export default class extends HTMLElement {}' },
      { name: 'forever', version: '1.1.0', code: letter('1.1.0') },
    );
    await team.promote('forever', '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    const [panel, other] = (await show(page, 'forever', 'speaker')) as [Locator, Locator];
    await other.getByText('letter 1.2.0').waitFor();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.getByRole('button', { name: 'Reload the page' }).waitFor();
    await team.promote('forever', '1.1.0');
    await panel.getByText('letter 1.1.0').waitFor();
    await context.close();
  });
});
