/**
 * Two versions of a widget define the same inner elements: side by side, and one after the other on a page that stays open. Under the page's policy,
 * which has a part in how they are made; what is made by React, and where a browser has one registry: host/src/remotes/scoped-elements.browser.test.ts.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

/** Ways to an inner element; each `part` says which version's class it got. */
const WAYS = {
  parsed: `root.innerHTML = '<PART></PART>';`,
  created: `root.append(document.createElement('PART'));`,
  'created inside': `const d = document.createElement('div'); root.append(d); d.innerHTML = '<p><PART></PART></p>';`,
  'parsed before it is shown': `const d = document.createElement('div'); d.innerHTML = '<PART></PART>'; root.append(d);`,
  imported: `const t = document.createElement('template'); t.innerHTML = '<PART></PART>'; root.append(document.importNode(t.content, true));`,
  cloned: `const t = document.createElement('template'); t.innerHTML = '<b><PART></PART></b>'; root.append(t.content.cloneNode(true));`,
  'created by namespace': `root.append(document.createElementNS('http://www.w3.org/1999/xhtml', 'PART'));`,
  'content as it is': `const t = document.createElement('template'); t.innerHTML = '<b><PART></PART></b>'; root.append(t.content);`,
  'a fragment': `const r = document.createRange(); r.selectNode(root); root.append(r.createContextualFragment('<b><PART></PART></b>'));`,
  'a parsed page': `root.append(...new DOMParser().parseFromString('<b><PART></PART></b>', 'text/html').body.childNodes);`,
  'beside another': `root.append(document.createElement('i')); root.firstChild.insertAdjacentHTML('afterend', '<PART></PART>');`,
  'cloned from the page': `const d = document.createElement('div'); d.innerHTML = '<PART></PART>'; root.append(d.cloneNode(true));`,
  'a shadow root of a plain element': `const d = document.createElement('div'); root.append(d); d.attachShadow({ mode: 'open' }).innerHTML = '<PART></PART>';`,
  constructed: `root.append(new (customElements.get('PART'))());`,
  'in an inner one': `root.append(document.createElement('BOX'));`,
  'without a shadow root': `this.innerHTML = '<PART></PART>'; root.append(document.createElement('slot'));`,
};

const code = (tag: string, version: string): string =>
  `
  if (customElements.get('PART')) throw new Error('defined by somebody else');
  class Part extends HTMLElement { connectedCallback() { this.textContent = 'part of ${version}'; } }
  customElements.define('PART', Part);
  customElements.define('BOX', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<PART></PART>'; } });
  const ways = { ${Object.entries(WAYS)
    .map(([name, body]) => `${JSON.stringify(name)}(root) { ${body} }`)
    .join(', ')} };
  export default class extends HTMLElement {
    connectedCallback() {
      const shadow = this.attachShadow({ mode: 'open' });
      for (const [name, way] of Object.entries(ways)) {
        const root = document.createElement('section');
        root.title = name;
        shadow.append(root);
        way.call(this, root);
      }
      shadow.append('outer of ${version}, ' + (customElements.get('PART') === Part));
    }
  }`
    .replaceAll('PART', `${tag}-part`)
    .replaceAll('BOX', `${tag}-box`);

/** What each way led to, panel by panel; slots count as what is in them. */
const found = (page: Page, tag: string): Promise<Record<string, Record<string, string>>> =>
  page.evaluate((part) => {
    const text = (node: Node): string => {
      if (node instanceof HTMLSlotElement) return node.assignedNodes().map(text).join('');
      const inside = node instanceof Element && node.shadowRoot ? [node.shadowRoot] : node.childNodes;
      return node instanceof Text ? node.data : [...inside].map(text).join('');
    };
    return Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('section.dm-panel')].map((frame) => {
        const widget = frame.querySelector<HTMLElement>('[data-theme]');
        const ways = [...(widget?.shadowRoot?.querySelectorAll<HTMLElement>('section[title]') ?? [])];
        const entries = ways.map((way): [string, string] => [way.title, text(way)]);
        return [
          frame.dataset['panel'] ?? part,
          Object.fromEntries([...entries, ['outer', widget?.shadowRoot?.lastChild?.textContent ?? '']]),
        ];
      }),
    );
  }, tag);

const all = (version: string): Record<string, string> => ({
  ...Object.fromEntries(Object.keys(WAYS).map((name) => [name, `part of ${version}`])),
  outer: `outer of ${version}, true`,
});

const layout = (page: Page, panels: Record<string, string>): Promise<string> =>
  createLayout(page, {
    title: 'Inner elements',
    tree: {
      type: 'row',
      children: Object.keys(panels).map((id) => ({
        size: 1 / Object.keys(panels).length,
        node: { type: 'stack', active: 0, panels: [id] },
      })),
    },
    panels: Object.fromEntries(Object.entries(panels).map(([id, widget]) => [id, { widget }])),
  });

describe('inner elements of one tag', () => {
  it('are each version’s own, side by side and after a swap', async () => {
    await team.publish(...['1.0.0', '1.1.0'].map((version) => ({ name: 'inner', version, code: code('acme', version) })));
    await team.promote('inner', '1.0.0');
    const { page, context } = await here.visitors.person('alex');
    await page.goto(`/l/${await layout(page, { one: 'inner@1.0.0', two: 'inner@1.1.0', three: 'inner@stable' })}`);
    await expect.poll(() => found(page, 'acme')).toEqual({ one: all('1.0.0'), two: all('1.1.0'), three: all('1.0.0') });
    await team.promote('inner', '1.1.0');
    await expect.poll(() => found(page, 'acme')).toEqual({ one: all('1.0.0'), two: all('1.1.0'), three: all('1.1.0') });
    await context.close();
  });
});
