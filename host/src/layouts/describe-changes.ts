import type { Panel } from '@datamesh/contracts';
import type { Change } from '@datamesh/layout';
import { i18n } from '../language/i18n';
import { describePart } from './describe-part';
import { formatValue } from './format-value';

const isPanel = (path: string): boolean => path.startsWith('panels/') && path.split('/').length === 2;
/** `series-chart` as people say it; its own title is the registry's to know. */
const called = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
const named = (panel: unknown): string => {
  const { title, widget = '' } = (panel ?? {}) as Partial<Panel>;
  return title || called(widget.split('@')[0] ?? '');
};

/** What happened to a layout, as one sentence that a person would say. */
export function describeChange(change: Change): string {
  const { path, kind } = change;
  const values = { before: formatValue(change.before), after: formatValue(change.after) };
  if (isPanel(path))
    return kind === 'added'
      ? i18n.t('Added {panel}', { panel: named(change.after) })
      : i18n.t('Removed {panel}', { panel: named(change.before) });
  if (path === 'tree') return i18n.t('Moved panels: was {before}; now {after}', values);
  if (path === 'title') return i18n.t('Renamed from {before} to {after}', values);
  if (path === 'visibility') return i18n.t('Who may see it changed');
  if (path === 'grants') return i18n.t('Sharing changed');
  if (path === 'department') return i18n.t('Department changed');
  const said = { ...values, part: setting(change) ?? describePart(change) };
  if (path.includes('/bindings/'))
    return kind === 'added'
      ? i18n.t('{part}: new', said)
      : kind === 'removed'
        ? i18n.t('{part}: taken away', said)
        : i18n.t('{part}: takes something else', said);
  if (kind === 'added') return i18n.t('Set {part} to {after}', said);
  if (kind === 'removed') return i18n.t('Took away {part}, which was {before}', said);
  return i18n.t('Set {part} from {before} to {after}', said);
}

/** “symbol” of Price chart: that it is a setting is said by what is done with it. */
function setting({ path, panel }: Change): string | undefined {
  const [, , part, ...rest] = path.split('/');
  return part === 'settings' ? i18n.t('“{setting}” of {panel}', { setting: rest.join('/'), panel: panel ?? '' }) : undefined;
}

/** Panels that a change is about, for a picture to mark. */
export const panelsIn = (changes: readonly Pick<Change, 'path'>[]): ReadonlySet<string> =>
  new Set(changes.flatMap(({ path }) => (path.startsWith('panels/') ? [path.split('/')[1] ?? ''] : [])));
