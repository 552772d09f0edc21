import type { WidgetSummary } from '@datamesh/contracts';
import { panelsOf } from '@datamesh/layout';
import { describe, expect, it } from 'vitest';
import { choicesFor, describeFilling, fill } from './filling';
import { TEMPLATES, type Template, titleOf } from './layout-templates';

const widget = (name: string, listensFor: string[], broadcasts: string[], more: Partial<WidgetSummary> = {}): WidgetSummary => ({
  name,
  title: name,
  description: '',
  publisher: 'team',
  categories: [],
  version: '1.0.0',
  channels: { stable: '1.0.0' },
  icon: null,
  screenshots: [],
  listensFor,
  broadcasts,
  layouts: 0,
  ...more,
});
const template = (id: string): Template => TEMPLATES.find((one) => one.id === id) as Template;
const names = (filling: ReturnType<typeof fill>) =>
  filling && Object.fromEntries(Object.entries(filling).map(([slot, { name }]) => [slot, name]));

const table = widget('orders', [], ['fdc3.instrument'], { categories: ['Tables'] });
const list = widget('people', [], ['fdc3.contact', 'fdc3.instrument'], { layouts: 90 });
const chart = widget('prices', ['fdc3.instrument'], [], { categories: ['Charts'] });
const news = widget('news', ['fdc3.instrument', 'fdc3.contact'], [], { layouts: 9 });

describe('every template', () => {
  it.each(TEMPLATES.map((one) => [titleOf(one), one] as const))(
    '%s has each of its slots once, and takes from slots of its own',
    (_, one) => {
      expect(panelsOf(one.tree).sort()).toEqual(one.slots.map(({ id }) => id).sort());
      for (const { from } of one.slots) if (from !== undefined) expect(one.slots.some(({ id }) => id === from)).toBe(true);
    },
  );
});

describe('a template is filled with what the marketplace has', () => {
  it('by what fits together, and among that by what the slot is for, then by how much it is used', () => {
    const all = [news, list, chart, table];
    expect(names(fill(template('table-drives-chart'), all))).toEqual({ table: 'orders', chart: 'prices' });
    expect(names(fill(template('two-beside-one'), all))).toEqual({ one: 'people', upper: 'news', lower: 'prices' });
    expect(describeFilling(template('table-drives-chart'), { table, chart })).toEqual(['orders gives Instrument to prices.']);
    const two = describeFilling(template('two-beside-one'), { one: table, upper: news, lower: chart });
    expect(two).toEqual(['orders gives Instrument to news and prices.']);
  });

  it('looks further where the best for one slot leaves nothing for another', () => {
    const lonely = widget('lonely', [], ['team.own'], { categories: ['Tables'], layouts: 99 });
    const hears = widget('hears', ['team.own'], [], { deprecated: true });
    expect(names(fill(template('table-drives-chart'), [lonely, hears, table, chart]))).toEqual({ table: 'orders', chart: 'prices' });
  });

  it('keeps what somebody chose, and follows it in the other slots', () => {
    const only = widget('contacts', ['fdc3.contact'], []);
    const all = [table, list, chart, only];
    expect(names(fill(template('table-drives-chart'), all, { table: list, chart: only }))).toEqual({ table: 'people', chart: 'contacts' });
    expect(names(fill(template('table-drives-chart'), all, { table, chart: only }))).toEqual({ table: 'orders', chart: 'prices' });
    const choices = choicesFor(template('table-drives-chart'), { id: 'chart', from: 'table' }, { table }, all);
    expect(choices.map(({ name }) => name)).toEqual(['prices']);
  });

  it('is left alone where nothing fits together, never filled with one kind twice', () => {
    expect(fill(template('table-drives-chart'), [table, list])).toBeNull();
    expect(fill(template('two-beside-one'), [table, chart])).toBeNull();
    const echo = widget('echo', ['team.own'], ['team.own']);
    expect(fill(template('table-drives-chart'), [echo])).toBeNull();
    expect(fill(template('filter-above'), [])).toBeNull();
  });
});
