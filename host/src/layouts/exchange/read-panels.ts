import type { PanelsFile } from '@datamesh/contracts';
import panelsSchema from '@datamesh/contracts/schemas/panels.schema.json';
import { i18n } from '../../language/i18n';
import type { CopiedPanels } from './panels-text';
import { misplacedIn, readLayoutFile } from './read-layout-file';
import { formatOf, readAs } from './reading';

const PANELS = formatOf(panelsSchema, {
  kind: 'datamesh.panels',
  none: () => i18n.t('The clipboard has no panel. Copy one first: with its menu, or with the keys for copying while it has the keyboard.'),
  tooLarge: () => i18n.t('This is too large for panels of a layout, which has at most 512 KB.'),
  mistaken: (at) => i18n.t('This is not a panel that can be used. At {place}: {mistake}.', at),
  tooDeep: (levels) => i18n.t('This is nested deeper than {levels} levels, and no panel is.', levels),
});

/** What of the clipboard are panels, a whole exported layout's as well; else the first reason why it is none, as a sentence. */
export function readPanels(text: string): CopiedPanels | { mistake: string } {
  if (/"kind"\s*:\s*"datamesh\.layout"/.test(text.slice(0, 200))) {
    const read = readLayoutFile(text);
    if ('mistake' in read) return read;
    const { tree, panels } = read.content;
    return { tree, panels };
  }
  const read = readAs(PANELS, text);
  // Most texts are no JSON at all, which nobody has to be told.
  if ('mistake' in read) return { mistake: read.isJson ? read.mistake : PANELS.none() };
  const { layout, tree, panels } = read.value as PanelsFile;
  // Wires from panels that were not copied along are nobody's mistake: pasting sees to them.
  const bare = Object.fromEntries(Object.entries(panels).map(([id, { bindings: _wires, ...panel }]) => [id, panel]));
  const mistake = misplacedIn({ tree, panels: bare });
  return mistake === undefined ? { ...(layout ? { layout } : {}), tree, panels } : { mistake };
}
