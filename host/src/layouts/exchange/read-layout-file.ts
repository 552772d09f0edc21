import type { LayoutContent, LayoutFile } from '@datamesh/contracts';
import layoutFileSchema from '@datamesh/contracts/schemas/layout-file.schema.json';
import { isTitle } from '@datamesh/contracts/titles';
import { contentOf, type Violation, validate } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import { titleRule } from '../../language/terms';
import { formatOf, readAs, short } from './reading';

export const tooLarge = (): string => i18n.t('This is too large for a layout, which has at most 512 KB.');

const LAYOUT = formatOf(layoutFileSchema, {
  kind: 'datamesh.layout',
  none: () => i18n.t('This is not a layout. Take a file that “Export as JSON” has made, or what is in it.'),
  tooLarge,
  mistaken: (at) => i18n.t('This is not a layout that can be used. At {place}: {mistake}.', at),
  tooDeep: (levels) => i18n.t('This is nested deeper than {levels} levels, and no layout is.', levels),
});

export type ReadLayout = { content: LayoutContent } | { mistake: string };

/** A layout of one's own that nobody else sees, or the first reason why it is none, as a sentence. */
export function readLayoutFile(text: string): ReadLayout {
  const read = readAs(LAYOUT, text);
  if ('mistake' in read) return read;
  const { title, tree, panels, defaultChannel, filters } = contentOf((read.value as LayoutFile).layout);
  const content = contentOf({ title, tree, panels, defaultChannel, filters });
  if (!isTitle(title)) return { mistake: unusableTitle() };
  const misplaced = misplacedIn(content);
  return misplaced === undefined ? { content } : { mistake: misplaced };
}

const unusableTitle = (): string => i18n.t('A title cannot be used. {rule}.', { rule: titleRule() });

/** What the schema cannot say. */
export function misplacedIn({ tree, panels }: Pick<LayoutContent, 'tree' | 'panels'>): string | undefined {
  if (Object.values(panels).some(({ title }) => title && !isTitle(title))) return unusableTitle();
  const id = Object.keys(panels).find((one) => !/^[A-Za-z0-9_-]{1,40}$/.test(one) || one === '__proto__');
  if (id !== undefined) return i18n.t('A panel cannot be called “{id}”: its id has 1 to 40 letters, digits, - and _.', { id: short(id) });
  const [first] = validate({ tree, panels });
  return first && i18n.t('Its tree and its panels do not fit together: {mistake}.', { mistake: misfit(first) });
}

function misfit({ code, panel = '' }: Violation): string {
  const words: Record<Violation['code'], string> = {
    panel_unknown: i18n.t('the tree places panel “{panel}”, which does not exist', { panel }),
    panel_twice: i18n.t('panel “{panel}” is placed twice', { panel }),
    panel_unplaced: i18n.t('panel “{panel}” has no place in the tree', { panel }),
    tree_too_deep: i18n.t('too many splits stand in one another'),
    split_empty: i18n.t('a split has nothing in it'),
    wire_loose: i18n.t('a wire of panel “{panel}” comes from no other panel', { panel }),
  };
  return words[code];
}
