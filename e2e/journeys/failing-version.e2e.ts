/** A new version that does not work is published while people look at the one that does: they go on with that one. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { edit, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  // What a widget throws is said in its panel and, for whoever develops it, as a warning.
  here.visitors.watch.expect(/for the journey/);
});

/** Counts, so that one sees whether its state came along; says what it hears and tells who it is. */
const working = (version: string): string => `
  export default class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const button = document.createElement('button');
      this.count ??= 0;
      const draw = () => { button.textContent = 'works ${version}, ' + this.count; };
      button.onclick = () => { this.count += 1; draw(); };
      draw();
      root.append(button);
    }
    getState() { return { count: this.count }; }
    setState(state) { this.count = state.count; }
  }`;

const FAILING = {
  'throws in its constructor': `export default class extends HTMLElement { constructor() { super(); throw new Error('for the journey'); } }`,
  'throws in connectedCallback': `export default class extends HTMLElement { connectedCallback() { this.textContent = 'broken'; throw new Error('for the journey'); } }`,
  'throws what throws when it is looked at': `const no = () => { throw new Error('for the journey'); }; export default class extends HTMLElement { connectedCallback() { this.textContent = 'broken'; throw new Proxy({}, { get: no, getPrototypeOf: no }); } }`,
  'throws in setState': `export default class extends HTMLElement { setState() { throw new Error('for the journey'); } }`,
  'throws a task after it is connected': `export default class extends HTMLElement { connectedCallback() { this.textContent = 'broken'; setTimeout(() => { throw new Error('for the journey'); }); } }`,
  'takes itself out of its panel': `export default class extends HTMLElement { connectedCallback() { this.textContent = 'broken'; this.remove(); } }`,
  'takes itself out in its first seconds': `export default class extends HTMLElement { connectedCallback() { this.textContent = 'broken'; setTimeout(() => this.remove(), 1500); } getState() { return { count: 'nonsense' }; } setState() {} }`,
  'rejects in its first seconds': `export default class extends HTMLElement { async connectedCallback() { this.textContent = 'broken'; await new Promise((resolve) => setTimeout(resolve, 1500)); throw new Error('for the journey'); } getState() { return { count: 'nonsense' }; } setState() {} }`,
  'defines an element that is defined already': `if (!customElements.get('for-the-journey')) customElements.define('for-the-journey', class extends HTMLElement {}); customElements.define('for-the-journey', class extends HTMLElement {}); export default class extends HTMLElement {}`,
};

async function show(page: Page, panels: Record<string, { widget: string; title?: string }>): Promise<void> {
  const names = Object.keys(panels);
  const id = await createLayout(page, {
    title: 'A version in trouble',
    tree: { type: 'row', children: names.map((name) => ({ size: 1 / names.length, node: { type: 'stack', active: 0, panels: [name] } })) },
    panels: Object.fromEntries(Object.entries(panels).map(([name, panel]) => [name, { settings: {}, ...panel }])),
  });
  await page.goto(`/l/${id}`);
}

describe.each(['view', 'edit'])('in %s mode', (mode) => {
  it.each(Object.entries(FAILING).filter(([what]) => mode === 'view' || /connectedCallback|seconds/.test(what)))(
    'a version that %s leaves the working one where it is, and says so',
    async (what, code) => {
      const name = `fails-${mode}-${what.replace(/\W+/g, '-').toLowerCase()}`.slice(0, 48).replace(/-$/, '');
      await team.publish(
        { name, version: '1.0.0', code: working('1.0.0') },
        { name, version: '1.1.0', code },
        { name, version: '1.2.0', code: working('1.2.0') },
      );
      await team.promote(name, '1.0.0');
      const { page, context } = await here.visitors.person('alex');
      const reported: string[] = [];
      page.on('request', (request) => request.url().endsWith('/t/events') && reported.push(request.postData() ?? ''));
      await show(page, { one: { widget: `${name}@stable` } });
      const panel = page.locator('[data-panel="one"]');
      if (mode === 'edit') await edit(page);
      await panel.getByRole('button', { name: 'works 1.0.0, 0' }).click();

      await team.promote(name, '1.1.0');
      await panel.getByText(/1\.1\.0 (failed to start\. 1\.0\.0 goes on running|failed, so you see 1\.0\.0)/).waitFor();
      expect(await panel.getAttribute('data-state')).toBe('ready');
      expect(await panel.getAttribute('data-version')).toBe('1.0.0');
      await panel.getByRole('button', { name: 'works 1.0.0, 1' }).click();
      expect(await words(panel)).not.toContain('broken');
      await expect.poll(() => reported.join()).toMatch(/"runs":"1\.0\.0"/);

      // Mended: what was said about the other is out of date, and the state has come all the way.
      await team.promote(name, '1.2.0');
      await panel.getByRole('button', { name: 'works 1.2.0, 2' }).waitFor();
      expect(await words(panel)).not.toContain('1.1.0');
      await context.close();
    },
  );
});

it('a version that throws as it hands over and as it leaves, what has no words, does not keep the next one away', async () => {
  const name = 'leaves-badly';
  const wordless = `export default class extends HTMLElement {
    connectedCallback() { this.textContent = 'works 1.0.0'; }
    disconnectedCallback() { throw Object.create(null); }
    getState() { throw Object.create(null); }
  }`;
  await team.publish({ name, version: '1.0.0', code: wordless }, { name, version: '1.1.0', code: working('1.1.0') });
  await team.promote(name, '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  await show(page, { one: { widget: `${name}@stable` } });
  const panel = page.locator('[data-panel="one"]');
  await panel.getByText('works 1.0.0').waitFor();
  await team.promote(name, '1.1.0');
  await panel.getByRole('button', { name: 'works 1.1.0, 0' }).waitFor();
  await expect.poll(() => panel.getAttribute('data-version')).toBe('1.1.0');
  expect(await panel.locator('[data-trial]').count()).toBe(0);
  await context.close();
});

describe('a version whose element has its own idea of', () => {
  const OWN = {
    remove: 'remove() {}',
    children: `get children() { throw new Error('for the journey'); }`,
    scrolling: `get scrollTop() { throw new Error('for the journey'); }`,
    'its shadow': `get shadowRoot() { throw new Error('for the journey'); }`,
    containing: `contains() { throw new Error('for the journey'); }`,
  };
  const own = (member: string): string => `export default class extends HTMLElement {
    connectedCallback() { this.innerHTML = '<label>Field <input></label>'; }
    ${member}
  }`;

  it.each(Object.entries(OWN))('%s makes room for the next one, also when it is withdrawn', async (what, member) => {
    const name = `own-${what.replace(' ', '-')}`;
    await team.publish(
      { name, version: '1.0.0', code: working('1.0.0') },
      { name, version: '1.1.0', code: own(member) },
      { name, version: '1.2.0', code: working('1.2.0') },
      { name, version: '1.3.0', code: own(member) },
    );
    await team.promote(name, '1.1.0');
    const { page, context } = await here.visitors.person('alex');
    await show(page, { one: { widget: `${name}@stable` } });
    const panel = page.locator('[data-panel="one"]');
    const field = panel.getByLabel('Field');
    await field.waitFor();
    await team.promote(name, '1.2.0');
    await panel.getByRole('button', { name: 'works 1.2.0, 0' }).waitFor();
    await field.waitFor({ state: 'detached' });
    await team.promote(name, '1.3.0');
    await field.focus();
    await team.yank(name, '1.3.0', 'for the journey');
    await panel.getByRole('button', { name: 'works 1.2.0, 0' }).waitFor();
    await field.waitFor({ state: 'detached' });
    await context.close();
  });
});
