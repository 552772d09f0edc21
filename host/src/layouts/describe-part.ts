import { type Change, targetIn } from '@datamesh/layout';
import { i18n } from '../language/i18n';

/** What of a layout a change or a conflict is about: "Setting “symbol” of Price chart". */
export function describePart({ path, panel }: Pick<Change, 'path' | 'panel'>): string {
  const [room = '', id = '', part, ...rest] = path.split('/');
  if (room === 'filters') return i18n.t('Filter {type}', { type: id });
  if (panel === null) return ofLayout(room) ?? path;
  if (part === undefined) return i18n.t('Panel {panel}', { panel });
  if (part === 'bindings') return i18n.t('Wire to “{target}” of {panel}', { target: targetIn(rest.join('/')), panel });
  if (part === 'settings') return i18n.t('Setting “{setting}” of {panel}', { setting: rest.join('/'), panel });
  return ofPanel(part, panel) ?? path;
}

function ofLayout(field: string): string | undefined {
  const names: Record<string, string> = {
    title: i18n.t('Title'),
    department: i18n.t('Department'),
    visibility: i18n.t('Who may see it'),
    grants: i18n.t('Sharing'),
    defaultChannel: i18n.t('Default channel'),
    tree: i18n.t('Arrangement'),
  };
  return names[field];
}

function ofPanel(part: string, panel: string): string | undefined {
  const names: Record<string, string> = {
    widget: i18n.t('Version of {panel}', { panel }),
    title: i18n.t('Title of {panel}', { panel }),
    channel: i18n.t('Channel of {panel}', { panel }),
    direction: i18n.t('Direction of {panel}', { panel }),
  };
  return names[part];
}
