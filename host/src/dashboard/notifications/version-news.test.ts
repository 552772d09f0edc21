import { expect, it } from 'vitest';
import type { OpenDashboard } from '../open-dashboard';
import type { News } from './book';
import { noteDeprecation, VersionNews } from './version-news';

const LAYOUT = 'a-layout';

/** A layout with two panels of one widget, and a third that is held at a version. */
function layout() {
  const told: News[] = [];
  const panels: Record<string, { widget: string }> = {
    one: { widget: 'notes@stable' },
    two: { widget: 'notes@stable' },
    held: { widget: 'notes@1.0.0' },
  };
  const open = {
    id: LAYOUT,
    session: { state: { content: { panels } } },
    workspace: { panels: () => Object.entries(panels).map(([id, { widget }]) => ({ id, widget, version: '1.1.0' })) },
  };
  const dashboard = {
    layout: () => open,
    layouts: () => [open],
    resolutions: { titleOf: () => 'Notes' },
    notifications: { note: (news: News) => told.push(news) },
  } as unknown as OpenDashboard;
  const news = new VersionNews(dashboard);
  const hear = (kind: 'mounted' | 'swapped' | 'failed', panel: string, version: string | null, more = {}): void =>
    news.onPanelReport({ kind, panel, version, widget: 'notes', layout: LAYOUT, ...more });
  return { hear, told, panels, dashboard };
}

it('tells that a version took the place of another, with the same words for every panel of it', () => {
  const { hear, told } = layout();
  for (const panel of ['one', 'two', 'held']) hear('mounted', panel, '1.0.0');
  for (const panel of ['one', 'two', 'held']) hear('swapped', panel, '1.1.0');
  expect(told).toEqual(
    Array(2).fill({
      kind: 'swapped',
      topic: 'swapped notes@stable',
      fact: '1.1.0',
      values: { title: 'Notes', layout: LAYOUT, version: '1.1.0' },
    }),
  );
});

it('says nothing of what a person chose, and of the next one that comes by itself again', () => {
  const { hear, told, panels } = layout();
  hear('mounted', 'one', '1.0.0');
  panels['one'] = { widget: 'notes@beta' };
  hear('swapped', 'one', '2.0.0');
  expect(told).toEqual([]);
  hear('swapped', 'one', '2.1.0');
  expect(told.map(({ topic, fact }) => [topic, fact])).toEqual([['swapped notes@beta', '2.1.0']]);
});

it('tells once that a version failed: what was gone back to is no news of its own, the next version is', () => {
  const { hear, told } = layout();
  hear('mounted', 'one', '1.0.0');
  hear('failed', 'one', '1.1.0', { runs: '1.0.0' });
  hear('swapped', 'one', '1.0.0');
  hear('swapped', 'one', '1.2.0');
  expect(told.map(({ kind, fact }) => [kind, fact])).toEqual([
    ['returned', '1.1.0 1.0.0'],
    ['swapped', '1.2.0'],
  ]);
});

it('tells of a version that was withdrawn, of one that is advised against where it runs here, and of no other failure', () => {
  const { hear, told, dashboard } = layout();
  hear('failed', 'one', '1.1.0', { reason: 'version_yanked' });
  hear('failed', 'one', '1.1.0', { reason: 'entry_failed' });
  hear('failed', 'one', null);
  noteDeprecation(dashboard, 'event-1', 'notes', '1.1.0');
  noteDeprecation(dashboard, 'event-2', 'notes', '0.9.0');
  noteDeprecation(dashboard, 'event-3', 'other', '1.1.0');
  expect(told.map(({ kind, topic }) => [kind, topic])).toEqual([
    ['withdrawn-version', 'withdrawn notes@1.1.0'],
    ['deprecated', 'deprecated event-1'],
  ]);
});
