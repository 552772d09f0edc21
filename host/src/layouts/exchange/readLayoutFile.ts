import type { LayoutContent, LayoutFile } from '@datamesh/contracts';
import layoutFileSchema from '@datamesh/contracts/schemas/layout-file.schema.json';
import { isTitle, titleRule } from '@datamesh/contracts/titles';
import { contentOf, validate } from '@datamesh/layout';
import { formatOf, readAs, short } from './reading';

export const TOO_LARGE = 'This is too large for a layout, which has at most 512 KB.';

const LAYOUT = formatOf(layoutFileSchema, {
  kind: 'datamesh.layout',
  name: 'a layout',
  none: 'This is not a layout. Take a file that “Export as JSON” has made, or what is in it.',
  tooLarge: TOO_LARGE,
});

export type ReadLayout = { content: LayoutContent } | { mistake: string };

/** A layout of one's own that nobody else sees, or the first reason why it is none, as a sentence. */
export function readLayoutFile(text: string): ReadLayout {
  const read = readAs(LAYOUT, text);
  if ('mistake' in read) return read;
  const { title, tree, panels, defaultChannel, filters } = contentOf((read.value as LayoutFile).layout);
  const content = contentOf({ title, tree, panels, defaultChannel, filters });
  if (!isTitle(title)) return { mistake: UNUSABLE_TITLE };
  const misplaced = misplacedIn(content);
  return misplaced === undefined ? { content } : { mistake: misplaced };
}

const UNUSABLE_TITLE = `A title cannot be used. ${titleRule}.`;

/** What the schema cannot say. */
export function misplacedIn({ tree, panels }: Pick<LayoutContent, 'tree' | 'panels'>): string | undefined {
  if (Object.values(panels).some(({ title }) => title && !isTitle(title))) return UNUSABLE_TITLE;
  const id = Object.keys(panels).find((one) => !/^[A-Za-z0-9_-]{1,40}$/.test(one) || one === '__proto__');
  if (id !== undefined) return `A panel cannot be called “${short(id)}”: its id has 1 to 40 letters, digits, - and _.`;
  const [first] = validate({ tree, panels });
  return first && `Its tree and its panels do not fit together: ${first.message}.`;
}
