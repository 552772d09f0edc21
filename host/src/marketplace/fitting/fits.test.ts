import type { LayoutContent } from '@datamesh/contracts';
import { addPanel, emptyLayout } from '@datamesh/layout';
import { describe, expect, it } from 'vitest';
import { fitOf, fitting, type PresentPanel } from './fits';
import { presentPanels } from './present';

const panel = (title: string, gives: string[], takes: string[] = [], channel: string | null = null): PresentPanel => ({
  name: title.toLowerCase(),
  title,
  gives,
  takes,
  channel,
});
const widget = (name: string, listensFor: string[], broadcasts: string[] = []) => ({ name, listensFor, broadcasts });

describe('what works with a layout', () => {
  it('takes what its panels give or gives what they take, and says so in words', () => {
    const present = [panel('Orders', ['fdc3.instrument']), panel('Chart', [], ['fdc3.timeRange', 'fdc3.instrument'])];
    expect(fitOf(widget('news', ['fdc3.instrument']), present)?.reasons).toEqual(['Takes Instrument from Orders']);
    expect(fitOf(widget('calendar', ['fdc3.timeRange'], ['fdc3.timeRange']), present)?.reasons).toEqual(['Gives Date range to Chart']);
    expect(fitOf(widget('clock', ['fdc3.contact'], ['fdc3.contact']), present)).toBeNull();
    expect(fitOf(widget('news', ['fdc3.instrument']), [])).toBeNull();
  });

  it('says once what it takes several kinds of contexts from', () => {
    const orders = panel('Orders', ['fdc3.instrument', 'datamesh.airport']);
    const fit = fitOf(widget('news', ['fdc3.instrument', 'datamesh.airport']), [orders]);
    expect(fit).toEqual({ reasons: ['Takes Instrument and Airport from Orders'], types: 2 });
  });

  it('names two panels, and counts more', () => {
    const orders = ['One', 'Two', 'Three'].map((title) => panel(title, ['fdc3.instrument']));
    const reasons = (present: PresentPanel[]) => fitOf(widget('news', ['fdc3.instrument']), present)?.reasons;
    expect(reasons(orders.slice(0, 2))).toEqual(['Takes Instrument from One and Two']);
    expect(reasons(orders)).toEqual(['Takes Instrument from One and 2 more']);
  });

  it('says where somebody has to change a channel first', () => {
    const present = [panel('Far', ['fdc3.instrument'], [], 'Red'), panel('Near', ['fdc3.instrument'])];
    expect(fitOf(widget('news', ['fdc3.instrument']), present)?.reasons).toEqual([
      'Takes Instrument from Near and Far (on the Red channel)',
    ]);
  });

  it('does not offer another one of a kind because it is of that kind, and puts first what fits most', () => {
    const present = [panel('Range', ['fdc3.timeRange'], ['fdc3.timeRange']), panel('Orders', ['fdc3.instrument'])];
    const offered = [
      widget('range', ['fdc3.timeRange'], ['fdc3.timeRange']),
      widget('news', ['fdc3.instrument']),
      { ...widget('old-news', ['fdc3.instrument']), deprecated: true },
      widget('chart', ['fdc3.instrument', 'fdc3.timeRange']),
    ];
    expect(fitting(offered, present).map(({ widget: { name } }) => name)).toEqual(['chart', 'news']);
  });
});

describe('the panels that are there', () => {
  const known = { name: 'orders', title: 'Orders', takes: ['team.in'], gives: ['team.out'] };
  const knownOf = (spec: string) => (spec === 'orders@stable' ? known : undefined);
  const layout = (panel: Partial<LayoutContent['panels'][string]>): LayoutContent =>
    addPanel(emptyLayout('x'), 'p', { widget: 'orders@stable', ...panel }, { at: 'end' });

  it('take and give what their widgets say, as far as their direction and channel let them', () => {
    expect(presentPanels(layout({ title: 'Mine' }), knownOf)).toEqual([
      { name: 'orders', title: 'Mine', takes: ['team.in'], gives: ['team.out'], channel: null },
    ]);
    expect(presentPanels(layout({ direction: 'send' }), knownOf)).toMatchObject([{ takes: [], gives: ['team.out'] }]);
    expect(presentPanels(layout({ direction: 'receive', channel: 'red' }), knownOf)).toMatchObject([{ gives: [], channel: 'Red' }]);
    expect(presentPanels(layout({ channel: 'none' }), knownOf)).toEqual([]);
    expect(presentPanels(layout({ widget: 'unknown@stable' }), knownOf)).toEqual([]);
  });
});
