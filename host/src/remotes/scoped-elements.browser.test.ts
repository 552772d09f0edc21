/** Two versions of a widget define inner elements of one tag. Each way to one of them, under the page's policy: e2e/journeys/inner-elements.e2e.ts */
import { expect, it } from 'vitest';
import { publish } from '../testing/published';
import { frameOf, openWorkspace, split, stack } from '../testing/workspaces';
import type { Resolution } from './resolution';

const pinned = (widget: Resolution): Resolution => ({ ...widget, spec: `${widget.name}@${widget.version}` });
const THREE = split('row', stack('one'), stack('two'), stack('three'));

const plain = (version: string): string => `
  if (customElements.get('own-part')) throw new Error('defined by somebody else');
  class Part extends HTMLElement { connectedCallback() { this.textContent = 'part of ${version}'; } }
  customElements.define('own-part', Part);
  export default class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<own-part></own-part>';
      this.shadowRoot.append(document.createElement('own-part'), new Part(), String(customElements.get('own-part') === Part));
    }
  }`;

const inside = (panel: string): string => frameOf(panel).firstElementChild?.shadowRoot?.textContent ?? '';

it('each is its own version’s, side by side and after a swap', async () => {
  const [old, next] = [
    await publish({ name: 'own', code: plain('1.0.0') }),
    await publish({ name: 'own', version: '1.1.0', code: plain('1.1.0') }),
  ];
  const { promote } = await openWorkspace(THREE, { widgets: { one: pinned(old), two: pinned(next), three: old } });
  const of = (version: string): string => `${`part of ${version}`.repeat(3)}true`;
  const all = (): string[] => ['one', 'two', 'three'].map(inside);
  await expect.poll(all).toEqual([of('1.0.0'), of('1.1.0'), of('1.0.0')]);
  promote(next);
  await expect.poll(all).toEqual([of('1.0.0'), of('1.1.0'), of('1.1.0')]);
});

it('comes with a version that is promoted onto a page that never had it', async () => {
  const old = await publish({ name: 'arriving', code: plain('1.0.0').replaceAll('own-part', 'late-part') });
  const { promote } = await openWorkspace(stack('one'), { widgets: { one: old } });
  await expect.poll(() => inside('one')).toContain('part of 1.0.0');
  promote(await publish({ name: 'arriving', version: '1.1.0', code: plain('1.1.0').replaceAll('own-part', 'late-part') }));
  await expect.poll(() => inside('one')).toContain('part of 1.1.0');
});

const reacting = (version: string): string => `
  customElements.define('react-part', class extends HTMLElement {
    set whole(it) { this.textContent = it.text + ' of part of ${version}'; }
  });
  export const widget = (React, { createRoot }, { createPortal }) => class extends HTMLElement {
    connectedCallback() {
      const [view, other] = [document.createElement('div'), document.createElement('p')];
      this.attachShadow({ mode: 'open' }).append(view, other);
      const part = (text) => React.createElement('react-part', { whole: { text } });
      const inside = { dangerouslySetInnerHTML: { __html: '<react-part></react-part>' }, ref: (div) => { if (div) div.firstChild.whole = { text: 'written' }; } };
      createRoot(view).render([part('made'), React.createElement('div', inside), createPortal(part('sent'), other)]);
    }
  };`;
const SHARING = `
  let shares;
  export const init = (given) => { shares = given; };
  const shared = (name) => Object.values(shares[name])[0].lib();
  export const get = async () => {
    const { widget } = await import('./widget.mjs');
    return () => ({ default: widget(shared('react'), shared('react-dom/client'), shared('react-dom')) });
  };`;

it('each is its own version’s where the dashboard’s React makes them', async () => {
  const more = { 'remoteEntry.mjs': SHARING };
  const [old, next] = [
    await publish({ name: 'reacting', code: reacting('1.0.0'), more }),
    await publish({ name: 'reacting', version: '1.1.0', code: reacting('1.1.0'), more }),
  ];
  const { promote } = await openWorkspace(THREE, { widgets: { one: pinned(old), two: pinned(next), three: old } });
  const texts = (): (string | null)[][] =>
    ['one', 'two', 'three'].map((panel) =>
      [...(frameOf(panel).firstElementChild?.shadowRoot?.querySelectorAll('react-part') ?? [])].map(({ textContent }) => textContent),
    );
  const by = (version: string): string[] => ['made', 'written', 'sent'].map((how) => `${how} of part of ${version}`);
  await expect.poll(texts).toEqual([by('1.0.0'), by('1.1.0'), by('1.0.0')]);
  promote(next);
  await expect.poll(texts).toEqual([by('1.0.0'), by('1.1.0'), by('1.1.0')]);
});
