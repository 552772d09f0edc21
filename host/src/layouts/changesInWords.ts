import type { Panel } from '@datamesh/contracts';
import type { Change } from '@datamesh/layout';
import { inWords } from './inWords';

const isPanel = (path: string): boolean => path.startsWith('panels/') && path.split('/').length === 2;
/** `series-chart` as people say it; its own title is the registry's to know. */
const called = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
const named = (panel: unknown): string => {
  const { title, widget = '' } = (panel ?? {}) as Partial<Panel>;
  return title || called(widget.split('@')[0] ?? '');
};

/** “symbol” of Price chart: that it is a setting is said by what is done with it. */
const thing = (what: string): string => what.replace(/^Setting (?=“)/, '');

/** What happened to a layout, as one sentence that a person would say. */
export function changeInWords({ path, kind, what, before, after }: Change): string {
  if (isPanel(path)) return kind === 'added' ? `Added ${named(after)}` : `Removed ${named(before)}`;
  if (path === 'tree') return `Moved panels: was ${inWords(before)}; now ${inWords(after)}`;
  if (path === 'title') return `Renamed from ${inWords(before)} to ${inWords(after)}`;
  if (path === 'grants' || path === 'visibility' || path === 'department') return `${what} changed`;
  if (path.includes('/bindings/'))
    return `${what}: ${kind === 'added' ? 'new' : kind === 'removed' ? 'taken away' : 'takes something else'}`;
  if (kind === 'added') return `Set ${thing(what)} to ${inWords(after)}`;
  if (kind === 'removed') return `Took away ${thing(what)}, which was ${inWords(before)}`;
  return `Set ${thing(what)} from ${inWords(before)} to ${inWords(after)}`;
}

/** Panels that a change is about, for a picture to mark. */
export const panelsIn = (changes: readonly Pick<Change, 'path'>[]): ReadonlySet<string> =>
  new Set(changes.flatMap(({ path }) => (path.startsWith('panels/') ? [path.split('/')[1] ?? ''] : [])));
