import type { Session } from '@datamesh/contracts';
import type { Desk } from './desk';
import { Icon, Logo } from './Icon';
import { looksAfterWidgets } from './loading';
import { Menu, type MenuItem } from './Menu';
import { departmentPath, deploymentsPath, libraryPath } from './route';
import { singleKeys, switchSingleKeys } from './singleKeys';
import { chooseTheme, type ThemeChoice, themeStore } from './theme';
import { useStore } from './useStore';

const ROLES: Record<Session['user']['roles'][number], string> = {
  viewer: 'Viewer',
  'power-user': 'Power user',
  publisher: 'Publisher',
  admin: 'Administrator',
};

/** Pages of registry-api that load no widget: only such a page may show a secret, or revoke one. */
const NEW_TOKEN = '/api/v1/session/tokens/new';
const TOKENS = '/api/v1/session/tokens';

export function UserMenu({ desk }: { desk: Desk }) {
  const { session, accessRequests } = useStore(desk.store);
  const { on } = useStore(singleKeys);
  const { user } = session;
  const waiting =
    accessRequests.length > 0 ? `${accessRequests.length} ${accessRequests.length === 1 ? 'request' : 'requests'} for access` : null;
  const publishes = user.roles.includes('publisher') || user.roles.includes('admin');
  return (
    <Menu
      label={`Account of ${user.name}${waiting ? `, ${waiting}` : ''}`}
      className="avatar"
      align="end"
      button={<span className="initials" data-initials={initials(user.name)} data-news={waiting ? '' : undefined} aria-hidden="true" />}
      heading={
        <div className="menu-heading">
          <strong>{user.name}</strong>
          <span>{[...user.roles.map((role) => ROLES[role]), ...(user.teams.length > 0 ? [user.teams.join(', ')] : [])].join(' · ')}</span>
        </div>
      }
      items={[
        ...(waiting
          ? [
              {
                label: 'Requests for access…',
                detail: String(accessRequests.length),
                run: () => desk.openDialog({ kind: 'access-requests' }),
              },
              'separator' as const,
            ]
          : []),
        ...(publishes
          ? [
              { label: 'My widgets…', run: () => desk.openDialog({ kind: 'my-widgets' }) },
              // For a team: somebody without one would be refused.
              ...(user.teams.length > 0 ? [{ label: 'New publish token…', href: NEW_TOKEN, run: () => location.assign(NEW_TOKEN) }] : []),
              { label: 'Publish tokens…', href: TOKENS, run: () => location.assign(TOKENS) },
            ]
          : []),
        ...(looksAfterWidgets(session)
          ? [{ label: 'Deployments', href: deploymentsPath(), run: () => void desk.go(deploymentsPath()) }]
          : []),
        { label: 'Single-key shortcuts', detail: 'E: edit', on, run: () => switchSingleKeys(!on) },
        'separator',
        { label: 'Sign out', run: () => void desk.actions.signOut() },
      ]}
    />
  );
}

const THEMES: [ThemeChoice, string][] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'Like the system'],
];

export function ThemeMenu() {
  const { choice, theme } = useStore(themeStore);
  return (
    <Menu
      label="Theme"
      className="button quiet icon-only"
      align="end"
      button={<Icon name={choice === 'system' ? 'system' : theme === 'dark' ? 'moon' : 'sun'} />}
      items={THEMES.map(([id, label]) => ({ label, checked: id === choice, run: () => chooseTheme(id) }))}
    />
  );
}

/** Departments, and the way to every layout one may see. */
export function DepartmentMenu({ desk }: { desk: Desk }) {
  const { session, place } = useStore(desk.store);
  const open = place.kind === 'layout' ? place.open : null;
  const here = session.departments.find(
    ({ id }) => place.path === departmentPath(id) || (open && (open.pin?.department.id ?? open.session.state.layout.department) === id),
  );
  const items: MenuItem[] = session.departments.map((department) => ({
    label: department.title,
    href: departmentPath(department.id),
    checked: place.path === departmentPath(department.id),
    detail: department.layout === null ? 'nothing pinned' : undefined,
    run: () => void desk.go(departmentPath(department.id)),
  }));
  const title = here?.title ?? session.departments[0]?.title ?? 'Data Mesh';
  return (
    <Menu
      label={`Department: ${title}`}
      className="department"
      button={
        <>
          <Logo />
          <span className="department-title">{title}</span>
          <Icon name="caret" size={12} />
        </>
      }
      items={[
        ...items,
        ...(items.length > 0 ? ['separator' as const] : []),
        { label: 'All layouts', href: libraryPath(), run: () => void desk.go(libraryPath()) },
        { label: 'Open a layout…', run: () => desk.openDialog({ kind: 'layouts' }) },
      ]}
    />
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
