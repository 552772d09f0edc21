/** Whatever a module gives as its element runs, and what it lacks is said. */
import { beforeAll, expect, it } from 'vitest';
import { panel, words } from '../harness/dashboard';
import { type Handmade, Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

const draws = (text: string): string =>
  `connectedCallback() { this.textContent = '${text} as ' + this.localName + ' with ' + this.settings.stars; }`;
/** A library whose modules define their elements by themselves, as most do. */
const LIBRARY = `export class Rating extends HTMLElement { ${draws('a rating')} } customElements.define('acme-rating', Rating); export default Rating;`;

const WIDGETS: Record<string, { code: string; more?: Record<string, string>; manifest?: object; says: RegExp }> = {
  'class-of-nobody': {
    code: `export default class extends HTMLElement { ${draws('mine')} }`,
    says: /^mine as class-of-nobody-1-0-0-[0-9a-f]{8} with 3$/,
  },
  'class-asking': {
    // As Stencil's runtime does, whose elements watch no property before that.
    code: `export default class extends HTMLElement { async connectedCallback() {
        const Class = await customElements.whenDefined(this.localName);
        if (Class === this.constructor && customElements.get(this.localName) === Class) this.#draw(); }
      #draw() { this.textContent = 'defined as ' + this.localName; } }`,
    says: /^defined as class-asking-/,
  },
  'class-of-package': {
    code: `export { default } from './rating.mjs';`,
    more: { 'dist/rating.mjs': LIBRARY },
    says: /^a rating as acme-rating with 3$/,
  },
  'class-extended': {
    code: `import { Stars } from './stars.mjs'; export default class extends Stars { }`,
    more: { 'dist/stars.mjs': `export class Stars extends HTMLElement { ${draws('stars')} } customElements.define('acme-stars', Stars);` },
    says: /^stars as class-extended-1-0-0-[0-9a-f]{8} with 3$/,
  },
  'class-decorated': {
    // What a compiler makes of a decorator that gives another class back and defines it afterwards.
    code: `const customElement = (tag) => (Class) => { const Other = class extends Class { static #made = 0; static count() { return ++this.#made; } };
        customElements.define(tag, Other); return Other; };
      const Decorated = customElement('acme-decorated')(class extends HTMLElement { ${draws('decorated')} });
      if (Decorated.count() !== 1) throw new Error('its statics are gone');
      export default Decorated;`,
    says: /^decorated as acme-decorated with 3$/,
  },
  'class-of-commonjs': {
    code: `class Old extends HTMLElement { ${draws('old')} } export default { __esModule: true, default: Old };`,
    says: /^old as class-of-commonjs-/,
  },
  'class-by-proxy': {
    code: `export default new Proxy(class extends HTMLElement { ${draws('proxied')} }, {});`,
    says: /^proxied as class-by-proxy-/,
  },
  'class-laid-out': {
    code: `const sheet = new CSSStyleSheet(); sheet.replaceSync(':host { display: inline-grid }');
      export default class extends HTMLElement {
        connectedCallback() {
          const root = this.attachShadow({ mode: 'open' });
          root.adoptedStyleSheets = [sheet];
          root.textContent = 'laid out as ' + this.localName; } }`,
    says: /^laid out as class-laid-out-/,
  },
  'class-of-a-button': {
    code: `class Pressed extends HTMLButtonElement { ${draws('pressed')} } customElements.define('acme-pressed', Pressed, { extends: 'button' }); export default Pressed;`,
    says: /^pressed as button with 3$/,
  },
  'tag-at-once': {
    code: `import './rated.mjs';`,
    more: { 'dist/rated.mjs': LIBRARY.replace('acme-rating', 'acme-rated') },
    manifest: { element: 'acme-rated' },
    says: /^a rating as acme-rated with 3$/,
  },
  'tag-later': {
    code: `setTimeout(() => customElements.define('acme-late', class extends HTMLElement { ${draws('late')} }), 300);`,
    manifest: { element: 'acme-late' },
    says: /^late as acme-late with 3$/,
  },
  'tag-of-a-function': {
    code: `export const defineCustomElements = () => {}; export default function render() {};`,
    says: /no element to show.*exports no element class by default, but default, defineCustomElements.*no "element".*no_element/,
  },
  'tag-of-nobody': { code: 'export {};', says: /no element to show.*exports nothing/ },
  'tag-never': { code: 'export {};', manifest: { element: 'acme-never' }, says: /no element to show.*defines no <acme-never>/ },
};

const settings = { type: 'object', properties: { stars: { type: 'integer', default: 3 } } };

it('shows each of them, and says what one lacks that has none', async () => {
  const names = Object.keys(WIDGETS);
  const widgets = Object.entries(WIDGETS).map(
    ([name, { code, more, manifest }]): Handmade => ({
      name,
      version: '1.0.0',
      code,
      ...(more ? { more } : {}),
      manifest: { settings, ...manifest },
    }),
  );
  await team.publish(...widgets);
  for (const name of names) await team.promote(name, '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: 'Classes',
    tree: { type: 'row', children: names.map((name) => ({ size: 1 / names.length, node: { type: 'stack', active: 0, panels: [name] } })) },
    panels: Object.fromEntries(names.map((name) => [name, { widget: `${name}@stable` }])),
  });
  await page.goto(`/l/${id}`);
  for (const [name, { says }] of Object.entries(WIDGETS))
    await expect.poll(() => words(panel(page, name)), { message: name }).toMatch(says);
  const box = (name: string) =>
    panel(page, name)
      .locator('> :first-child')
      .evaluate((element) => [getComputedStyle(element).display, element.clientWidth === element.parentElement?.clientWidth]);
  await expect.poll(() => box('class-laid-out'), { message: 'what its :host says, as wide as the panel' }).toEqual(['grid', true]);
  await expect.poll(() => box('class-of-nobody'), { message: 'inline by itself' }).toEqual(['block', true]);
  await context.close();
});
