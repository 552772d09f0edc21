import { commandKey, keyNames } from '../../dashboard/keys';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import type { Found } from './fitting';

/** What can be done with each panel of the layout that is shown. Of many panels it would bury all else: for what was typed alone. */
export function panelCommands(open: OpenLayout, openSettings: (panel: string) => void): Omit<Found, 'id'>[] {
  const { workspace } = open;
  const editing = open.mode.getSnapshot().mode === 'edit';
  return workspace.panels().flatMap(({ id, title }) => [
    { label: i18n.t('Go to {title}', { title }), detail: i18n.t('panel'), run: () => workspace.focusPanel(id) },
    ...[
      {
        label: workspace.isMaximised ? i18n.t('Restore {title}', { title }) : i18n.t('Maximise {title}', { title }),
        detail: i18n.t('panel'),
        run: () => workspace.toggleMaximised(id),
      },
      ...(editing
        ? [
            { label: i18n.t('Settings of {panel}', { panel: title }), detail: i18n.t('panel'), run: () => openSettings(id) },
            { label: i18n.t('Move {title}', { title }), detail: i18n.t('Alt + arrows'), run: () => workspace.movePanel(id) },
            { label: i18n.t('Rename {title}', { title }), detail: 'F2', run: () => workspace.renamePanel(id) },
            { label: i18n.t('Duplicate {title}', { title }), detail: commandKey('D'), run: () => workspace.duplicate(id) },
            { label: i18n.t('Close {title}', { title }), detail: keyNames('Delete'), run: () => workspace.closePanel(id) },
          ]
        : []),
    ].map((command) => ({ ...command, whenTyped: true })),
  ]);
}
