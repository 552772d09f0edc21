import type { LayoutNode } from '@datamesh/contracts';

/** A place of a template that a widget of the marketplace fills. */
export interface Slot {
  id: string;
  /** The slot whose widget it takes a context from; without, it is filled before those that do. */
  from?: string;
  /** Words of its title or categories that make a widget a better choice for it; none is needed. */
  prefers?: readonly string[];
}

export interface Template {
  id: string;
  title: string;
  slots: readonly Slot[];
  /** Its panels are the ids of slots. */
  tree: LayoutNode;
}

const stack = (panel: string): LayoutNode => ({ type: 'stack', active: 0, panels: [panel] });
const split = (type: 'row' | 'column', ...parts: [size: number, node: LayoutNode][]): LayoutNode => ({
  type,
  children: parts.map(([size, node]) => ({ size, node })),
});

export const TEMPLATES: readonly Template[] = [
  {
    id: 'table-drives-chart',
    title: 'Table drives chart',
    slots: [
      { id: 'table', prefers: ['table'] },
      { id: 'chart', from: 'table', prefers: ['chart'] },
    ],
    tree: split('row', [0.5, stack('table')], [0.5, stack('chart')]),
  },
  {
    id: 'two-beside-one',
    title: 'Two beside one',
    slots: [{ id: 'one' }, { id: 'upper', from: 'one' }, { id: 'lower', from: 'one' }],
    tree: split('row', [0.6, stack('one')], [0.4, split('column', [0.5, stack('upper')], [0.5, stack('lower')])]),
  },
  {
    id: 'filter-above',
    title: 'Filter above',
    slots: [
      { id: 'filter', prefers: ['filter'] },
      { id: 'below', from: 'filter' },
    ],
    tree: split('column', [0.25, stack('filter')], [0.75, stack('below')]),
  },
];
