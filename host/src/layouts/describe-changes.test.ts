import { addPanel, diff, emptyLayout, removePanel, setSettings } from '@datamesh/layout';
import { expect, it } from 'vitest';
import { describeChange, panelsIn } from './describe-changes';

const one = addPanel(emptyLayout('Morning'), 'p1', { widget: 'data-table@stable', title: 'Instruments' }, { at: 'end' });
const two = addPanel(one, 'p2', { widget: 'series-chart@stable', settings: { symbol: 'AAPL' } }, { beside: 'p1', side: 'right' });

it('says what was added, removed, set, moved and renamed', () => {
  const words = (a: typeof one, b: typeof one): string[] => diff(a, b).map(describeChange);
  expect(words(one, two)).toEqual(['Added Series chart']);
  expect(words(two, removePanel(two, 'p1'))).toEqual(['Removed Instruments']);
  expect(words(two, setSettings(two, 'p2', { symbol: 'MSFT' }))).toEqual(['Set “symbol” of series-chart from “AAPL” to “MSFT”']);
  expect(words(two, setSettings(two, 'p2', { lines: 3 }))).toEqual(['Set “lines” of series-chart to 3']);
  expect(words(two, { ...two, title: 'Evening' })).toEqual(['Renamed from “Morning” to “Evening”']);
  expect(words(two, { ...two, visibility: 'company' })).toEqual(['Who may see it changed']);
  const tabs = { ...two, tree: { type: 'stack' as const, active: 0, panels: ['p1', 'p2'] } };
  expect(words(two, tabs)).toEqual(['Moved panels: was 2 side by side: 50 % 1 panel; 50 % 1 panel; now 2 tabs']);
});

it('knows the panels that it is about', () => {
  const changes = diff(one, setSettings(two, 'p1', { sort: 'name' }));
  expect([...panelsIn(changes)].sort()).toEqual(['p1', 'p2']);
});
