/** A layout that is looked at: tabs by keys and by finger, one column where it is narrow. */
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { swipe } from '../testing/hand';
import { afterwards } from '../testing/mounting';
import { publish } from '../testing/published';
import { find, focusedPanel, frameOf, type Opened, openWorkspace, places, split, stack, tabOf } from '../testing/workspaces';

const TREE = split('row', stack('pa', 'pb', 'pe'), split('column', stack('pc'), stack('pd')));
const front = (): string | undefined => find('.dm-tab[aria-selected="true"]').dataset['for'];

describe('tabs', () => {
  it('are one stop of the keyboard, in which arrows, Home and End go round; each shows its panel', async () => {
    await openWorkspace(TREE);
    tabOf('pa').focus();
    for (const [key, panel] of [
      ['ArrowRight', 'pb'],
      ['ArrowRight', 'pe'],
      ['ArrowRight', 'pa'],
      ['ArrowLeft', 'pe'],
      ['Home', 'pa'],
      ['End', 'pe'],
    ] as const) {
      await userEvent.keyboard(`{${key}}`);
      expect([focusedPanel(), front()], key).toEqual([panel, panel]);
      expect(Object.entries(places()).flatMap(([id, place]) => (place && 'pa pb pe'.includes(id) ? [id] : []))).toEqual([panel]);
    }
    expect([...document.querySelectorAll<HTMLElement>('.dm-tab')].filter(({ tabIndex }) => tabIndex === 0)).toEqual([tabOf('pe')]);
  });

  it('leave keys with Alt, Control or Meta to whoever means something by them', async () => {
    await openWorkspace(TREE);
    tabOf('pa').focus();
    for (const key of ['Alt', 'Control', 'Meta']) await userEvent.keyboard(`{${key}>}{ArrowRight}{/${key}}`);
    expect(front()).toBe('pa');
  });

  it('name the panel that they show, both ways, and a panel that stands alone has a heading', async () => {
    await openWorkspace(TREE, { titles: { pb: 'Notes', pc: 'Chart' } });
    await userEvent.click(page.getByRole('tab', { name: 'Notes' }));
    await expect.element(page.getByRole('tabpanel', { name: 'Notes' })).toBeVisible();
    expect(tabOf('pb').getAttribute('aria-controls')).toBe(frameOf('pb').id);
    await expect.element(page.getByRole('heading', { name: 'Chart' })).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Chart' })).toBeVisible();
  });

  it('are in reading order with their panels', async () => {
    await openWorkspace(TREE);
    tabOf('pa').focus();
    const reached: (string | undefined)[] = [];
    for (let press = 0; press < 12; press++) {
      await userEvent.keyboard('{Tab}');
      const { dataset } = document.activeElement as HTMLElement;
      if (dataset['panel']) reached.push(dataset['panel']);
    }
    expect(reached.slice(0, 3)).toEqual(['pa', 'pc', 'pd']);
  });

  it('that are more than fit are reached by their arrows, and the one in front is always seen', async () => {
    const many = Array.from({ length: 20 }, (_, at) => `t${at}`);
    await openWorkspace(split('row', stack(...many), stack('pc')));
    const list = find('.dm-tabs');
    const seen = (panel: string): boolean => {
      const [outer, inner] = [list.getBoundingClientRect(), tabOf(panel).getBoundingClientRect()];
      return inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
    };
    await expect.element(page.getByRole('button', { name: 'Earlier tabs' })).toBeDisabled();
    expect([seen('t0'), seen('t19')]).toEqual([true, false]);
    tabOf('t0').focus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => seen('t19')).toBe(true);
    await expect.element(page.getByRole('button', { name: 'Later tabs' })).toBeDisabled();
    while (list.scrollLeft > 6) await userEvent.click(page.getByRole('button', { name: 'Earlier tabs' }));
    expect(seen('t0')).toBe(true);
  });
});

describe('a narrow workspace', () => {
  beforeEach(async () => {
    await page.viewport(390, 780);
    afterwards(() => page.viewport(1280, 800));
  });

  it('is one column that scrolls, in which nothing is narrower than it', async () => {
    const { place } = await openWorkspace(TREE, { width: 390, height: 780 });
    const shown = Object.values(places()).filter((rect) => rect !== null);
    expect(new Set(shown.map(([x, , width]) => `${x} ${width}`))).toEqual(new Set(['6 378']));
    expect(find('.dm-canvas').clientHeight).toBeGreaterThan(780);
    frameOf('pd').focus();
    await expect.poll(() => frameOf('pd').getBoundingClientRect().top).toBeLessThan(780);
    place.style.width = '1280px';
    await expect.poll(() => new Set(Object.values(places()).flatMap((rect) => rect?.[0] ?? [])).size).toBe(2);
  });

  /** A field, a list that scrolls down, and something that scrolls sideways. */
  const code = `
    export default class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<input aria-label="Field"><div id="wide" style="overflow-x: auto"><p style="width: 1200px">wide</p></div><div id="long" style="height: 120px; overflow-y: auto"><p style="height: 900px">long</p></div>';
      }
    }`;
  async function touched(name: string): Promise<Opened> {
    const widget = await publish({ name, code });
    return openWorkspace(stack('one', 'two', 'three'), { width: 390, height: 780, widgets: { one: widget, two: widget, three: widget } });
  }
  const part = (panel: string, selector: string): Element => {
    const found = frameOf(panel).firstElementChild?.shadowRoot?.querySelector(selector);
    if (!found) throw new Error(`${selector} is not in ${panel}`);
    return found;
  };

  it('is swiped between the tabs of a stack, and not beyond them', async () => {
    await touched('swiped');
    await swipe(part('one', '#long'), 120);
    expect(front()).toBe('one');
    await swipe(part('one', '#long'), -120);
    await expect.poll(front).toBe('two');
    await expect.poll(() => part('two', '#long').clientHeight).toBe(120);
    await swipe(part('two', '#long'), -120);
    await expect.poll(front).toBe('three');
    await expect.poll(() => part('three', '#long').clientHeight).toBe(120);
    await swipe(part('three', '#long'), 120);
    await expect.poll(front).toBe('two');
  });

  it('is not swiped over a field or what scrolls sideways, nor downwards', async () => {
    await touched('used');
    await swipe(part('one', '#wide'), -120);
    await swipe(part('one', 'input'), -120);
    await expect.poll(() => part('one', '#wide').scrollLeft).toBeGreaterThan(0);
    await swipe(part('one', '#long'), -20, -80);
    await expect.poll(() => part('one', '#long').scrollTop).toBeGreaterThan(0);
    expect(front()).toBe('one');
  });

  it('forbids the browser none of its own gestures: pulling down to load anew, zooming with two fingers', async () => {
    await touched('free');
    const styles = new Set<string>();
    for (let at: Element | null = frameOf('one'); at; at = at.parentElement) {
      const { touchAction, overscrollBehaviorY } = getComputedStyle(at);
      styles.add(touchAction).add(overscrollBehaviorY);
    }
    expect([...styles]).toEqual(['auto']);
  });
});
