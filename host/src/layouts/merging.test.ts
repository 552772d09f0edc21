import type { Layout } from '@datamesh/contracts';
import { addPanel, emptyLayout, setPanel, setSettings } from '@datamesh/layout';
import { expect, it } from 'vitest';
import { byPanel, proposePull, settle } from './merging';

const base = addPanel(emptyLayout('Morning'), 'p1', { widget: 'data-table@stable', settings: { sort: 'name', rows: 10 } }, { at: 'end' });
const layoutOf = (content: typeof base): Layout => ({
  ...content,
  id: 'original-1',
  owner: 'user:alex',
  revision: 4,
  forkedFrom: null,
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'user:alex',
  updatedByName: 'Alex Lin',
});

it('takes in what the original changed, and keeps the title and the sharing of the copy', () => {
  const mine = { ...addPanel(base, 'mine', { widget: 'notes@stable' }, { at: 'end' }), title: 'Mine', visibility: 'company' as const };
  const original = { ...addPanel(base, 'new', { widget: 'series-chart@stable' }, { at: 'end' }), title: 'Renamed', department: 'sales' };
  const proposal = proposePull(mine, base, layoutOf(original));
  expect(proposal.changes.map(({ path, panel }) => [path, panel])).toEqual([['panels/new', 'series-chart']]);
  expect(proposal.merged.conflicts).toEqual([]);
  const pulled = settle(proposal, {});
  expect(Object.keys(pulled.panels).sort()).toEqual(['mine', 'new', 'p1']);
  expect(pulled).toMatchObject({ title: 'Mine', visibility: 'company', department: null });
});

it('puts what clashes of one panel together', () => {
  const mine = setPanel(setSettings(base, 'p1', { sort: 'last', rows: 20 }), 'p1', { title: 'My table' });
  const original = setPanel(setSettings(base, 'p1', { sort: 'change', rows: 30 }), 'p1', { title: 'The table' });
  const { merged } = proposePull(mine, base, layoutOf(original));
  const groups = byPanel(merged.conflicts);
  expect(groups.map(({ key, conflicts }) => [key, conflicts.length])).toEqual([['panels/p1', 3]]);
});

it('is the same pulled twice as pulled once', () => {
  const mine = setSettings(base, 'p1', { sort: 'last' });
  const original = setSettings(base, 'p1', { rows: 30 });
  const once = settle(proposePull(mine, base, layoutOf(original)), {});
  expect(settle(proposePull(once, original, layoutOf(original)), {})).toEqual(once);
});
