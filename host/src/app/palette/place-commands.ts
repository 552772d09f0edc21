import { adminSectionName } from '../../dashboard/admin-section-names';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { adminSectionsOf, isAdmin, mayPin } from '../../dashboard/loading';
import { adminPath, departmentPagePath, departmentPath, libraryPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import type { Found } from './fitting';

/** Every page that a menu, or a page of its own, leads to. */
export function placeCommands(controller: DashboardController): Omit<Found, 'id'>[] {
  const { session } = controller.store.getSnapshot();
  const to = (label: string, path: string, detail?: string): Omit<Found, 'id'> => ({
    label,
    detail,
    run: () => void controller.go(path),
  });
  return [
    ...session.departments.map(({ id, title }) => to(i18n.t('Go to {title}', { title }), departmentPath(id), i18n.t('department'))),
    ...session.departments
      .filter(({ id }) => mayPin(session, id))
      .map(({ id, title }) => to(i18n.t('Department page of {title}', { title }), departmentPagePath(id))),
    to(i18n.t('Bin'), libraryPath('bin')),
    ...(isAdmin(session)
      ? adminSectionsOf(session).map((section) => to(adminSectionName(section), adminPath(section), i18n.t('Administration')))
      : []),
  ];
}
