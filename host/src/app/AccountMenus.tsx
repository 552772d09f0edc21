import type { DashboardController } from '../dashboard/dashboard-controller';
import { departmentOfPath, departmentPagePath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { roleName } from '../language/role-names';
import { Icon, Logo } from '../ui/Icon';
import { initials } from '../ui/initials';
import { Menu } from '../ui/Menu';
import { singleKeys } from '../ui/single-keys';
import { themeStore } from '../ui/theme';
import { useStore } from '../ui/use-store';
import { accountItems, placeItems, themeItems } from './commands';

export function UserMenu({ controller }: { controller: DashboardController }) {
  const { session, accessRequests } = useStore(controller.store);
  useStore(singleKeys);
  const { user } = session;
  const waiting =
    accessRequests.length > 0
      ? i18n.t('{count, plural, one {# request for access} other {# requests for access}}', { count: accessRequests.length })
      : null;
  return (
    <Menu
      label={
        waiting ? i18n.t('Account of {name}, {waiting}', { name: user.name, waiting }) : i18n.t('Account of {name}', { name: user.name })
      }
      className="avatar"
      align="end"
      button={<span className="initials" data-initials={initials(user.name)} data-news={waiting ? '' : undefined} aria-hidden="true" />}
      heading={
        <div className="menu-heading">
          <strong>{user.name}</strong>
          <span>{[...user.roles.map(roleName), ...(user.teams.length > 0 ? [user.teams.join(', ')] : [])].join(' · ')}</span>
        </div>
      }
      items={accountItems(controller)}
    />
  );
}

export function ThemeMenu() {
  const { choice, theme } = useStore(themeStore);
  return (
    <Menu
      label={i18n.t('Theme')}
      className="button quiet icon-only"
      align="end"
      button={<Icon name={choice === 'system' ? 'system' : theme === 'dark' ? 'moon' : 'sun'} />}
      items={themeItems()}
    />
  );
}

/** Departments, and the way to every layout one may see. */
export function DepartmentMenu({ controller }: { controller: DashboardController }) {
  const { session, place } = useStore(controller.store);
  const open = place.kind === 'layout' ? place.open : null;
  const here = session.departments.find(
    ({ id }) =>
      departmentOfPath(place.path) === id ||
      place.path === departmentPagePath(id) ||
      (open && (open.pin?.department.id ?? open.session.state.layout.department) === id),
  );
  const title = here?.title ?? session.departments[0]?.title ?? 'Data Mesh';
  return (
    <Menu
      label={i18n.t('Department: {title}', { title })}
      className="department"
      button={
        <>
          <Logo />
          <span className="department-title">{title}</span>
          <Icon name="caret" size={12} />
        </>
      }
      items={placeItems(controller)}
    />
  );
}
