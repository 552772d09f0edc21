/** Whatever a module gives as its element runs, and what it lacks is said. */
import { describe, expect, it } from 'vitest';
import { type Published, publish } from '../testing/published';
import { frameOf, openWorkspace, stack } from '../testing/workspaces';

const draws = (text: string): string =>
  `connectedCallback() { this.textContent = '${text} as ' + this.localName + ' with ' + this.settings.stars; }`;
/** A library whose modules define their elements by themselves, as most do. */
const LIBRARY = `export class Rating extends HTMLElement { ${draws('a rating')} } customElements.define('acme-rating', Rating); export default Rating;`;

const settings = { type: 'object', properties: { stars: { type: 'integer', default: 3 } } };

async function shown(widget: Published): Promise<HTMLElement> {
  const resolution = await publish({ ...widget, manifest: { settings, ...widget.manifest } });
  await openWorkspace(stack('panel'), { widgets: { panel: resolution } });
  return frameOf('panel');
}

it.each<Published & { says: RegExp }>([
  {
    name: 'class-of-nobody',
    code: `export default class extends HTMLElement { ${draws('mine')} }`,
    says: /^mine as class-of-nobody-1-0-0-[0-9a-f]{8} with 3$/,
  },
  {
    // As Stencil's runtime does, whose elements watch no property before that.
    name: 'class-asking',
    code: `export default class extends HTMLElement { async connectedCallback() {
        const Class = await customElements.whenDefined(this.localName);
        if (Class === this.constructor && customElements.get(this.localName) === Class) this.#draw(); }
      #draw() { this.textContent = 'defined as ' + this.localName; } }`,
    says: /^defined as class-asking-/,
  },
  {
    name: 'class-of-package',
    code: `export { default } from './rating.mjs';`,
    more: { 'rating.mjs': LIBRARY },
    says: /^a rating as acme-rating with 3$/,
  },
  {
    name: 'class-extended',
    code: `import { Stars } from './stars.mjs'; export default class extends Stars { }`,
    more: { 'stars.mjs': `export class Stars extends HTMLElement { ${draws('stars')} } customElements.define('acme-stars', Stars);` },
    says: /^stars as class-extended-1-0-0-[0-9a-f]{8} with 3$/,
  },
  {
    // What a compiler makes of a decorator that gives another class back and defines it afterwards.
    name: 'class-decorated',
    code: `const customElement = (tag) => (Class) => { const Other = class extends Class { static #made = 0; static count() { return ++this.#made; } };
        customElements.define(tag, Other); return Other; };
      const Decorated = customElement('acme-decorated')(class extends HTMLElement { ${draws('decorated')} });
      if (Decorated.count() !== 1) throw new Error('its statics are gone');
      export default Decorated;`,
    says: /^decorated as acme-decorated with 3$/,
  },
  {
    name: 'class-of-commonjs',
    code: `class Old extends HTMLElement { ${draws('old')} } export default { __esModule: true, default: Old };`,
    says: /^old as class-of-commonjs-/,
  },
  {
    name: 'class-by-proxy',
    code: `export default new Proxy(class extends HTMLElement { ${draws('proxied')} }, {});`,
    says: /^proxied as class-by-proxy-/,
  },
  {
    name: 'class-of-a-button',
    code: `class Pressed extends HTMLButtonElement { ${draws('pressed')} } customElements.define('acme-pressed', Pressed, { extends: 'button' }); export default Pressed;`,
    says: /^pressed as button with 3$/,
  },
  {
    name: 'class-of-a-button-of-nobody',
    code: `class Base extends HTMLButtonElement {} export default class extends Base { ${draws('pressing')} }`,
    says: /^pressing as button with 3$/,
  },
  {
    name: 'class-with-own-names',
    code: `export default class extends HTMLElement { get settings() { return { stars: 'its own' }; } get panel() { return 1; } ${draws('own')} }`,
    says: /^own as class-with-own-names-1-0-0-[0-9a-f]{8} with its own$/,
  },
  {
    name: 'class-that-takes-nothing',
    code: `export default class extends HTMLElement { constructor() { super(); Object.preventExtensions(this); }
      connectedCallback() { this.textContent = 'closed, with ' + this.getAttribute('stars') + ', ' + this.settings; } }`,
    says: /^closed, with 3, undefined$/,
  },
  {
    name: 'tag-of-a-button',
    code: `customElements.define('acme-pushed', class extends HTMLButtonElement { ${draws('pushed')} }, { extends: 'button' });`,
    manifest: { element: 'acme-pushed' },
    says: /^pushed as button with 3$/,
  },
  {
    name: 'tag-at-once',
    code: `import './rated.mjs';`,
    more: { 'rated.mjs': LIBRARY.replace('acme-rating', 'acme-rated') },
    manifest: { element: 'acme-rated' },
    says: /^a rating as acme-rated with 3$/,
  },
  {
    name: 'tag-later',
    code: `setTimeout(() => customElements.define('acme-late', class extends HTMLElement { ${draws('late')} }), 300);`,
    manifest: { element: 'acme-late' },
    says: /^late as acme-late with 3$/,
  },
  {
    name: 'tag-of-a-function',
    code: `export const defineCustomElements = () => {}; export default function render() {};`,
    says: /no element to show.*exports a function by default, which is no element class, and defineCustomElements, .*no "element".*no_element/s,
  },
  {
    name: 'class-to-come',
    code: 'export default Promise.resolve(class extends HTMLElement {});',
    says: /exports a promise by default, which is no element class, and nothing else/,
  },
  { name: 'class-under-a-name', code: 'export class A extends HTMLElement {}', says: /exports no element class by default, but A, and/ },
  { name: 'tag-of-nobody', code: 'export {};', says: /no element to show.*exports nothing/s },
  { name: 'tag-never', code: 'export {};', manifest: { element: 'acme-never' }, says: /no element to show.*defines no <acme-never>/s },
])('$name', async ({ says, ...widget }) => {
  const frame = await shown(widget);
  await expect.poll(() => frame.textContent).toMatch(says);
});

describe('is as wide as its panel', () => {
  const box = (frame: HTMLElement): unknown[] => {
    const [element] = frame.children;
    return [element && getComputedStyle(element).display, element?.clientWidth === frame.clientWidth];
  };

  it('as its :host says', async () => {
    const frame = await shown({
      name: 'class-laid-out',
      code: `const sheet = new CSSStyleSheet(); sheet.replaceSync(':host { display: inline-grid }');
        export default class extends HTMLElement {
          connectedCallback() { this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet]; } }`,
    });
    await expect.poll(() => box(frame)).toEqual(['grid', true]);
  });

  it('where it is inline by itself', async () => {
    const frame = await shown({ name: 'class-inline', code: 'export default class extends HTMLElement {}' });
    await expect.poll(() => box(frame)).toEqual(['block', true]);
  });
});
