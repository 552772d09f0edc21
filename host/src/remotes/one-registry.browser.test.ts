/** A browser that has one registry of elements for the whole page: versions share what they define, and the panel says so. */
import { expect, it } from 'vitest';
import { publish } from '../testing/published';

// As such a browser is, before anything of ours looks.
const Illegal = Object.assign(
  () => {
    throw new TypeError('Illegal constructor');
  },
  { prototype: CustomElementRegistry.prototype },
);
Object.defineProperty(window, 'CustomElementRegistry', { value: Illegal, configurable: true });
const { frameOf, openWorkspace, split, stack } = await import('../testing/workspaces');

const plain = (version: string): string => `
  customElements.define('lone-part', class extends HTMLElement { connectedCallback() { this.textContent = 'part of ${version}'; } });
  export default class extends HTMLElement { connectedCallback() { this.innerHTML = 'outer of ${version}, <lone-part></lone-part>'; } }`;

it('shows both versions, and says once whose elements are shared', async () => {
  const widgets = {
    one: { ...(await publish({ name: 'lone', code: plain('1.0.0') })), spec: 'lone@1.0.0' },
    two: { ...(await publish({ name: 'lone', version: '1.1.0', code: plain('1.1.0') })), spec: 'lone@1.1.0' },
  };
  await openWorkspace(split('row', stack('one'), stack('two')), { widgets });
  await expect.poll(() => frameOf('one').textContent).toContain('outer of 1.0.0');
  await expect.poll(() => frameOf('two').textContent).toContain('outer of 1.1.0');
  const said = (): number =>
    [...document.querySelectorAll('.dm-notes')].filter(({ textContent }) =>
      textContent.includes('This browser cannot keep versions apart: <lone-part> of this widget'),
    ).length;
  await expect.poll(said).toBe(1);
});
