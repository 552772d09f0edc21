import type { LayoutSummary } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { Dialog, LayoutList } from '../dashboard/open-dashboard';
import { pathOfLayout } from '../dashboard/route';
import { i18n } from '../language/i18n';
import type { MenuItem } from '../ui/Menu';

/** What can be done with a layout of the library without opening it first; `list`: of which it is one. */
export function cardItems(controller: DashboardController, layout: LayoutSummary, list: LayoutList): MenuItem[] {
  const { id, title } = layout;
  const path = pathOfLayout(controller.store.getSnapshot().session.departments, id);
  // What is about the layout as it stands is asked where it stands.
  const openWith = async (dialog: Dialog): Promise<void> => {
    await controller.go(path);
    if (controller.active?.id === id) controller.openDialog(dialog);
  };
  return [
    { label: i18n.t('Open'), href: path, run: () => void controller.go(path) },
    { label: i18n.t('Make my own copy'), run: () => void controller.actions.makeCopyOf(layout) },
    ...(controller.looksAfter(layout)
      ? [
          { label: i18n.t('Rename…'), run: () => void openWith({ kind: 'rename' }) },
          { label: i18n.t('History…'), run: () => void openWith({ kind: 'history' }) },
          { label: i18n.t('Share…'), run: () => void openWith({ kind: 'share' }) },
          'separator' as const,
          {
            label: i18n.t('Delete layout…'),
            tone: 'bad' as const,
            run: () => controller.openDialog({ kind: 'delete', layout: { id, title }, list }),
          },
        ]
      : []),
  ];
}
