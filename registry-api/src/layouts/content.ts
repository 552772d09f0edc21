import type { LayoutContent, LayoutContentInput } from '@datamesh/contracts';
import { contentOf, normalise, panelsOf, validate } from '@datamesh/layout';
import { type Problem, problem } from '../http/problem';
import { nameIn } from './layout';

/** The largest layout, overlay or draft, in bytes of JSON. */
export const largest = 512 * 1024;
/** Nobody reads more of them at once, and a small body must not make a large answer. */
const maxMistakes = 100;

/** A layout as it is stored, or the reasons why it cannot be. `known`: which of these widgets the registry has. */
export async function checkedContent(
  input: LayoutContentInput,
  known: (names: string[]) => Promise<ReadonlySet<string>>,
): Promise<LayoutContent> {
  withinLimit(input, 'layout_too_large', 'A layout');
  const content = contentOf(input);
  const mistakes = treeMistakes(content);
  if (mistakes.length > 0)
    throw problem(422, 'layout_invalid', 'Its tree and its panels do not fit together', { errors: mistakes.slice(0, maxMistakes) });
  const entries = Object.entries(content.panels);
  const names = await known([...new Set(entries.map(([, { widget }]) => nameIn(widget)))]);
  const unknown = entries.filter(([, { widget }]) => !names.has(nameIn(widget)));
  if (unknown.length > 0) throw widgetUnknown(unknown.map(([id, { widget }]) => ({ id, widget })));
  return normalise(content);
}

export function withinLimit(value: unknown, code: string, what: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > largest) throw problem(413, code, `${what} may have at most 512 KB, this has ${Math.ceil(bytes / 1024)} KB`);
}

const panelId = /^[A-Za-z0-9_-]{1,40}$/;

/** What the schema cannot say: every panel has a name of the right form and exactly one place. */
function treeMistakes(content: LayoutContent): { path: string; message: string }[] {
  // Ids first, for `__proto__` and the like must not get as far as being used as a key.
  const ids = Object.keys(content.panels).filter((id) => !panelId.test(id) || id === '__proto__');
  if (ids.length > 0) return ids.map((id) => ({ path: `/panels/${id}`, message: 'a panel id has 1 to 40 letters, digits, - and _' }));
  const strangers = panelsOf(content.tree).filter((id) => !Object.hasOwn(content.panels, id));
  if (strangers.length > 0)
    return strangers.map((id) => ({ path: '/tree', message: `the tree places panel "${id}", which does not exist` }));
  return validate(content).map(({ path, message }) => ({ path, message }));
}

function widgetUnknown(panels: { id: string; widget: string }[]): Problem {
  const names = [...new Set(panels.map(({ widget }) => nameIn(widget)))];
  return problem(422, 'widget_unknown', `The registry has no widget ${names.join(', ')}`, {
    errors: panels.map(({ id, widget }) => ({ path: `/panels/${id}/widget`, message: `there is no widget "${nameIn(widget)}"` })),
  });
}
