import type { User } from '@datamesh/contracts';
import { i18n } from './i18n';

/** What people read of a role; one that this page does not know is shown by its id. */
export function roleName(role: User['roles'][number]): string {
  const names: Record<User['roles'][number], string> = {
    viewer: i18n.t('Viewer'),
    'power-user': i18n.t('Power user'),
    publisher: i18n.t('Publisher'),
    admin: i18n.t('Administrator'),
  };
  return names[role] ?? role;
}
