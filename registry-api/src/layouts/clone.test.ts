import type { LayoutContent } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { copyOf } from './clone';

const layout: LayoutContent = {
  title: 'Morning',
  department: 'sales',
  visibility: 'department',
  grants: [{ to: 'user:pat', may: 'edit' }],
  tree: { type: 'stack', active: 0, panels: ['p1', 'p2'] },
  panels: { p1: { widget: 'notes@stable', settings: { text: 'ours', size: 1 } }, p2: { widget: 'usage@stable' } },
  defaultChannel: 'blue',
  filters: [],
};
const none = { overlay: undefined, content: undefined, title: undefined };

describe('a copy of a layout', () => {
  it('is private to whoever made it, under a title of its own', () => {
    expect(copyOf(layout, none)).toMatchObject({ title: 'Morning (copy)', department: null, visibility: 'private', grants: [] });
    expect(copyOf(layout, { ...none, title: 'Mine' }).title).toBe('Mine');
    expect(copyOf({ ...layout, title: 'x'.repeat(120) }, none).title).toHaveLength(120);
  });

  it('folds the copier’s own settings in, and ignores those of panels that are gone', () => {
    const overlay = { panels: { p1: { settings: { text: 'mine' } }, p9: { settings: { text: 'gone' } } } };
    const { panels } = copyOf(layout, { ...none, overlay });
    expect(panels).toEqual({ p1: { widget: 'notes@stable', settings: { text: 'mine', size: 1 } }, p2: { widget: 'usage@stable' } });
  });

  it('takes unsaved content, whose edited settings are newer than the overlay', () => {
    const overlay = { panels: { p1: { settings: { text: 'mine', size: 2 } } } };
    const content = { ...layout, title: 'Edited', panels: { p1: { widget: 'notes@stable', settings: { text: 'edited', size: 1 } } } };
    const copy = copyOf(layout, { ...none, overlay, content: { ...content, tree: { type: 'stack', active: 0, panels: ['p1'] } } });
    expect(copy).toMatchObject({ title: 'Edited', panels: { p1: { settings: { text: 'edited', size: 2 } } } });
  });
});
