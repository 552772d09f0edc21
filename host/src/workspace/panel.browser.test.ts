/** A panel whose widget cannot run, or runs into something: what is said, where, and that the others go on. */
import { removePanel } from '@datamesh/layout';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Published, publish } from '../testing/published';
import { frameOf, openWorkspace, split, stack } from '../testing/workspaces';

const FINE = `export default class extends HTMLElement { connectedCallback() { this.textContent = 'fine'; } }`;
const TREE = split('row', stack('bad'), stack('good'));

async function beside(widget: Published) {
  const [bad, good] = [await publish(widget), await publish({ name: `${widget.name}-beside`, code: FINE })];
  const opened = await openWorkspace(TREE, { widgets: { bad, good } });
  await expect.poll(() => frameOf('good').textContent).toBe('fine');
  return { ...opened, frame: frameOf('bad') };
}

const ran = 'globalThis.ranAnyway = true;';

describe.each<Published & { code: string; says: RegExp; reason: string }>([
  { name: 'changed', code: FINE, served: { 'widget.mjs': `${ran}${FINE}` }, says: /not the one that was published/, reason: 'wrong_bytes' },
  { name: 'lost', code: FINE, served: { 'widget.mjs': null }, says: /could not be fetched/, reason: 'unavailable' },
  {
    name: 'a-script',
    code: FINE,
    more: { 'remoteEntry.mjs': 'var app; (() => { app = { init() {}, get() {} }; })();' },
    says: /built as a script: remoteEntry\.mjs is no ES module/,
    reason: 'not_a_module',
  },
  { name: 'throws', code: `throw new Error('its own'); ${FINE}`, says: /error while starting/, reason: 'threw' },
  {
    name: 'throws-made',
    code: `export default class extends HTMLElement { constructor() { super(); throw new Error('as it was made'); } }`,
    says: /error while starting/,
    reason: 'threw',
  },
  {
    name: 'throws-connected',
    code: `export default class extends HTMLElement { connectedCallback() { throw new Error('as it was connected'); } }`,
    says: /error while starting/,
    reason: 'threw',
  },
  {
    name: 'bare',
    code: `import 'left-out'; ${FINE}`,
    says: /needs the module “left-out” from the dashboard/,
    reason: 'share_missing',
  },
])('$name', ({ says, reason, ...widget }) => {
  it('is said in its panel alone, with its code; nothing of it has run, and the rest works', async () => {
    const { frame, calls: told } = await beside(widget);
    await expect.poll(() => frame.dataset['state']).toBe('failed');
    expect(frame.querySelector('[role="alert"]')?.textContent).toMatch(says);
    expect(frame.textContent).toMatch(`Code${reason}`);
    expect(frame.getAttribute('aria-busy')).toBe('false');
    expect(Object.hasOwn(globalThis, 'ranAnyway')).toBe(false);
    expect(frameOf('good').querySelector('[role="alert"]')).toBeNull();
    expect(told.report).toContainEqual(expect.objectContaining({ kind: 'failed', panel: 'bad', widget: widget.name }));
  });
});

it('is tried again by its button, and then runs', async () => {
  const name = 'mended-later';
  const { frame } = await beside({ name, code: FINE, served: { 'widget.mjs': null } });
  await expect.poll(() => frame.dataset['state']).toBe('failed');
  await publish({ name, code: FINE });
  await userEvent.click(page.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => [frame.dataset['state'], frame.textContent]).toEqual(['ready', 'fine']);
});

it.each([
  ['a listener', `this.addEventListener('click', () => { throw new Error('later'); });`],
  ['a promise', `this.addEventListener('click', () => { Promise.reject(new Error('later')); });`],
])('what %s of it throws is said over what it shows, in its panel alone', async (_, body) => {
  const { frame } = await beside({
    name: `later-${body.includes('Promise') ? 'rejected' : 'thrown'}`,
    code: `export default class extends HTMLElement { connectedCallback() { this.textContent = 'shown'; ${body} } }`,
  });
  await userEvent.click(page.getByText('shown'));
  await expect.poll(() => frame.querySelector('.dm-notes')?.textContent).toContain('Something in this widget failed.');
  expect([frame.dataset['state'], frame.firstElementChild?.textContent]).toEqual(['ready', 'shown']);
  expect(frameOf('good').querySelector('.dm-notes')?.textContent).toBe('');
});

it('loads nothing of a tab that nobody opened, and keeps what was opened', async () => {
  const made = vi.fn();
  Object.assign(globalThis, { madeInTest: made });
  const counting = (name: string) =>
    publish({
      name,
      code: `export default class extends HTMLElement { connectedCallback() { madeInTest('${name}'); this.textContent = '${name}'; } }`,
    });
  const widgets = { first: await counting('in-front'), second: await counting('behind') };
  await openWorkspace(stack('first', 'second'), { widgets });
  await expect.poll(() => made.mock.calls).toEqual([['in-front']]);
  await userEvent.click(page.getByRole('tab', { name: 'Panel second' }));
  await expect.poll(() => made.mock.calls).toEqual([['in-front'], ['behind']]);
  const before = frameOf('first').firstElementChild;
  await userEvent.click(page.getByRole('tab', { name: 'Panel first' }));
  expect(frameOf('first').firstElementChild).toBe(before);
  expect(made).toHaveBeenCalledTimes(2);
});

describe('code that runs on', () => {
  const rude = (name: string, version: string, code: string) => publish({ name, version, code });
  const shared = globalThis as unknown as Record<string, () => void>;

  it('of a panel that is closed changes nothing of the page', async () => {
    const code = `export default class extends HTMLElement {
      connectedCallback() { this.textContent = 'rude'; globalThis.later = () => { document.title = 'hijacked'; history.pushState(null, '', '#hijacked'); }; }
    }`;
    document.title = 'As it was';
    const { workspace, content } = await openWorkspace(stack('bad'), { widgets: { bad: await rude('leaves-late', '1.0.0', code) } });
    await expect.poll(() => frameOf('bad').textContent).toBe('rude');
    workspace.show({ layoutId: 'test', content: removePanel(content(), 'bad'), overlay: null });
    await expect.poll(() => document.querySelector('[data-panel="bad"]')).toBeNull();
    shared['later']?.();
    expect([document.title, location.hash]).toEqual(['As it was', '']);
  });

  it('of a panel that is closed still does what somebody asks for in another widget, to which it lends a library', async () => {
    const lender = `export default class extends HTMLElement {
      connectedCallback() { this.textContent = 'lends'; globalThis.lend = (dialog) => dialog.showModal(); }
    }`;
    const borrower = `export default class extends HTMLElement {
      connectedCallback() {
        this.innerHTML = '<button>Ask</button><dialog id="asked">asked for</dialog>';
        this.firstChild.onclick = () => globalThis.lend(this.lastChild);
      }
    }`;
    const widgets = { bad: await rude('lender', '1.0.0', lender), good: await rude('borrower', '1.0.0', borrower) };
    const { workspace, content } = await openWorkspace(TREE, { widgets });
    await expect.poll(() => frameOf('bad').textContent).toBe('lends');
    workspace.show({ layoutId: 'test', content: removePanel(content(), 'bad'), overlay: null });
    await expect.poll(() => document.querySelector('[data-panel="bad"]')).toBeNull();
    await userEvent.click(page.getByRole('button', { name: 'Ask' }));
    await expect.poll(() => document.querySelector('#asked')?.matches(':modal')).toBe(true);
  });

  it('of a version that gave way before it had begun changes nothing of the page', async () => {
    const [first, third] = [await rude('gave-way', '1.0.0', FINE), await rude('gave-way', '1.2.0', FINE.replace('fine', 'third'))];
    const second = await rude(
      'gave-way',
      '1.1.0',
      `globalThis.begun(); await globalThis.gate; document.title = 'hijacked'; globalThis.over(); ${FINE}`,
    );
    const begun = new Promise<void>((begin) => Object.assign(globalThis, { begun: begin }));
    const over = new Promise<void>((end) => Object.assign(globalThis, { over: end }));
    Object.assign(globalThis, { gate: new Promise<void>((open) => Object.assign(globalThis, { open })) });
    document.title = 'As it was';
    const { promote } = await openWorkspace(stack('bad'), { widgets: { bad: first } });
    promote(second);
    await begun;
    promote(third);
    await expect.poll(() => frameOf('bad').textContent).toContain('third');
    shared['open']?.();
    await over;
    expect(document.title).toBe('As it was');
  });
});
