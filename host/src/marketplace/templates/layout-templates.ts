import type { LayoutNode } from '@datamesh/contracts';
import { i18n } from '../../language/i18n';

/** A place of a template that a widget of the marketplace fills. */
export interface Slot {
  id: string;
  /** The slot whose widget it takes a context from; without, it is filled before those that do. */
  from?: string;
  /** Words of its title or categories that make a widget a better choice for it; none is needed. */
  prefers?: readonly string[];
}

type TemplateId = 'table-drives-chart' | 'two-beside-one' | 'filter-above';

export interface Template {
  id: TemplateId;
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
    slots: [
      { id: 'table', prefers: ['table'] },
      { id: 'chart', from: 'table', prefers: ['chart'] },
    ],
    tree: split('row', [0.5, stack('table')], [0.5, stack('chart')]),
  },
  {
    id: 'two-beside-one',
    slots: [{ id: 'one' }, { id: 'upper', from: 'one' }, { id: 'lower', from: 'one' }],
    tree: split('row', [0.6, stack('one')], [0.4, split('column', [0.5, stack('upper')], [0.5, stack('lower')])]),
  },
  {
    id: 'filter-above',
    slots: [
      { id: 'filter', prefers: ['filter'] },
      { id: 'below', from: 'filter' },
    ],
    tree: split('column', [0.25, stack('filter')], [0.75, stack('below')]),
  },
];

export const titleOf = ({ id }: Template): string =>
  ({
    'table-drives-chart': i18n.t('Table drives chart'),
    'two-beside-one': i18n.t('Two beside one'),
    'filter-above': i18n.t('Filter above'),
  })[id];

/** What stands in a place of it. */
export function slotName({ id }: Slot): string {
  const names: Record<string, string> = {
    table: i18n.t('table'),
    chart: i18n.t('chart'),
    one: i18n.t('the one'),
    upper: i18n.t('upper'),
    lower: i18n.t('lower'),
    filter: i18n.t('filter'),
    below: i18n.t('below'),
  };
  return names[id] ?? id;
}
