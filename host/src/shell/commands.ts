/** What can be done right now, in the words of the menus: the menus show it, and the command palette finds it. */
import type { Session } from '@datamesh/contracts';
import type { Desk } from './desk';
import { commandKey, HELP_KEY } from './keys';
import { startKiosk } from './kiosk/kiosk';
import { isAdmin, looksAfterWidgets, mayPin } from './loading';
import type { MenuItem } from './Menu';
import type { OpenLayout } from './openLayout';
import { adminPath, departmentOfPath, departmentPagePath, departmentPath, deploymentsPath, libraryPath, marketplacePath } from './route';
import { singleKeys, switchSingleKeys } from './singleKeys';
import { chooseTheme, type ThemeChoice, themeStore } from './theme';

/** A page of registry-api that loads no widget: only such a page may show a secret. */
const NEW_TOKEN = '/api/v1/session/tokens/new';

/** With the layout as a whole. */
export function layoutItems(desk: Desk, open: OpenLayout): MenuItem[] {
  const { mayEdit, dirty, mine, layout, gone, upstream } = open.session.state;
  const owner = desk.looksAfter(layout);
  const items: (MenuItem | false)[] = [
    mayEdit && { label: 'Rename…', run: () => desk.openDialog({ kind: 'rename' }) },
    mayEdit && !gone && { label: 'History…', run: () => desk.openDialog({ kind: 'history' }) },
    mayEdit &&
      upstream !== null && { label: `Pull from “${upstream.title}”…`, run: () => desk.openDialog({ kind: 'pull', title: upstream.title }) },
    mayEdit && !gone && { label: 'Share…', run: () => desk.openDialog({ kind: 'share' }) },
    { label: 'Make my own copy', run: () => void desk.actions.makeCopy() },
    { label: 'Export as JSON', run: () => void desk.actions.exportJson() },
    { label: 'Print, or save as PDF…', detail: commandKey('P'), run: () => void desk.printing.print() },
    { label: 'Show as kiosk', run: () => startKiosk(desk) },
    mayEdit &&
      open.mode.getSnapshot().mode === 'edit' && {
        label: 'Paste panels',
        detail: commandKey('V'),
        run: () => void desk.clipboard.pasteFromMenu(),
      },
    dirty && { label: 'Discard changes', run: () => open.session.revert() },
    mine !== null && { label: 'Reset my settings', run: () => void desk.actions.resetMine() },
    (desk.powerUser || owner) && 'separator',
    desk.powerUser && { label: 'Close tab', run: () => void desk.actions.close(open.id) },
    owner && !gone && { label: 'Delete layout…', tone: 'bad', run: () => desk.openDialog({ kind: 'delete' }) },
  ];
  return items.filter((item) => item !== false);
}

/** Departments, and the way to every layout one may see. */
export function placeItems(desk: Desk): MenuItem[] {
  const { session, place } = desk.store.getSnapshot();
  const departments: MenuItem[] = session.departments.map((department) => ({
    label: department.title,
    href: departmentPath(department.id),
    checked: departmentOfPath(place.path) === department.id,
    detail: department.layout === null ? 'nothing pinned' : undefined,
    run: () => void desk.go(departmentPath(department.id)),
  }));
  const here = session.departments.find(({ id }) => place.path === departmentPath(id) || place.path === departmentPagePath(id));
  const page: MenuItem[] =
    here && mayPin(session, here.id)
      ? [{ label: 'Department page', href: departmentPagePath(here.id), run: () => void desk.go(departmentPagePath(here.id)) }]
      : [];
  return [...departments, ...page, ...(departments.length > 0 ? ['separator' as const] : []), ...libraryItems(desk)];
}

export const libraryItems = (desk: Desk): MenuItem[] => [
  { label: 'All layouts', href: libraryPath(), run: () => void desk.go(libraryPath()) },
  { label: 'Marketplace', href: marketplacePath(), run: () => void desk.go(marketplacePath()) },
  { label: 'Open a layout…', run: () => desk.openDialog({ kind: 'layouts' }) },
  ...(desk.powerUser ? [{ label: 'Import a layout…', run: () => desk.openDialog({ kind: 'import' }) }] : []),
];

/** What stands in the palette of all commands as well would only lead to itself. */
export const PALETTE = 'Command palette…';

/** Of the person who is signed in. */
export function accountItems(desk: Desk): MenuItem[] {
  const { session, accessRequests } = desk.store.getSnapshot();
  const { on } = singleKeys.getSnapshot();
  return [
    ...(accessRequests.length > 0
      ? [
          {
            label: 'Requests for access…',
            detail: String(accessRequests.length),
            run: () => desk.openDialog({ kind: 'access-requests' }),
          },
          'separator' as const,
        ]
      : []),
    ...publisherItems(desk, session),
    ...(looksAfterWidgets(session) ? [{ label: 'Deployments', href: deploymentsPath(), run: () => void desk.go(deploymentsPath()) }] : []),
    ...(isAdmin(session)
      ? [{ label: 'Administration', href: adminPath('departments'), run: () => void desk.go(adminPath('departments')) }]
      : []),
    'separator',
    { label: PALETTE, detail: commandKey('K'), run: () => desk.openDialog({ kind: 'palette' }) },
    { label: 'Keyboard shortcuts…', detail: HELP_KEY, run: () => desk.openDialog({ kind: 'keys' }) },
    { label: 'Single-key shortcuts', detail: 'E, 1–9, ?', on, run: () => switchSingleKeys(!on) },
    'separator',
    { label: 'Sign out', run: () => void desk.actions.signOut() },
  ];
}

function publisherItems(desk: Desk, { user }: Session): MenuItem[] {
  if (!user.roles.includes('publisher') && !user.roles.includes('admin')) return [];
  return [
    { label: 'My widgets…', run: () => desk.openDialog({ kind: 'my-widgets' }) },
    // For a team: somebody without one would be refused.
    ...(user.teams.length > 0 ? [{ label: 'New publish token…', href: NEW_TOKEN, run: () => location.assign(NEW_TOKEN) }] : []),
    { label: 'Publish tokens', href: adminPath('tokens'), run: () => void desk.go(adminPath('tokens')) },
  ];
}

const THEMES: [ThemeChoice, string][] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'Like the system'],
];

export function themeItems(): MenuItem[] {
  const { choice } = themeStore.getSnapshot();
  return THEMES.map(([id, label]) => ({ label, checked: id === choice, run: () => chooseTheme(id) }));
}
