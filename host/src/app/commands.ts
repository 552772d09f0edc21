/** What can be done right now, in the words of the menus: the menus show it, and the command palette finds it. */

import type { Session } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { commandKey, HELP_KEY } from '../dashboard/keys';
import { startKiosk } from '../dashboard/kiosk/kiosk';
import { adminSectionsOf, isAdmin, looksAfterWidgets, mayMakeToken, mayPin } from '../dashboard/loading';
import type { OpenLayout } from '../dashboard/open-layout';
import { canCapture } from '../dashboard/picture/can-capture';
import {
  adminPath,
  departmentOfPath,
  departmentPagePath,
  departmentPath,
  deploymentsPath,
  libraryPath,
  marketplacePath,
  preferencesPath,
} from '../dashboard/route';
import { i18n } from '../language/i18n';
import { languageChoice, languages, setLanguage } from '../language/language';
import type { MenuItem } from '../ui/Menu';
import { singleKeys, switchSingleKeys } from '../ui/single-keys';
import { chooseTheme, type ThemeChoice, themeStore } from '../ui/theme';

/** A page of registry-api that loads no widget: only such a page may show a secret. */
const NEW_TOKEN = '/api/v1/session/tokens/new';

/** With the layout as a whole. */
export function layoutItems(controller: DashboardController, open: OpenLayout): MenuItem[] {
  const { mayEdit, dirty, mine, layout, gone, upstream } = open.session.state;
  const owner = controller.looksAfter(layout);
  const items: (MenuItem | false)[] = [
    mayEdit && { label: i18n.t('Rename…'), run: () => controller.openDialog({ kind: 'rename' }) },
    mayEdit && !gone && { label: i18n.t('History…'), run: () => controller.openDialog({ kind: 'history' }) },
    mayEdit &&
      upstream !== null && {
        label: i18n.t('Pull from “{title}”…', { title: upstream.title }),
        run: () => controller.openDialog({ kind: 'pull', title: upstream.title }),
      },
    mayEdit && !gone && { label: i18n.t('Share…'), run: () => controller.openDialog({ kind: 'share' }) },
    { label: i18n.t('Make my own copy'), run: () => void controller.actions.makeCopy() },
    { label: i18n.t('Export as JSON'), run: () => void controller.actions.exportJson() },
    { label: i18n.t('Print, or save as PDF…'), detail: commandKey('P'), run: () => void controller.printing.print() },
    canCapture() && { label: i18n.t('Save as PNG…'), run: () => void controller.actions.savePicture() },
    { label: i18n.t('Show as kiosk'), run: () => startKiosk(controller) },
    mayEdit &&
      open.mode.getSnapshot().mode === 'edit' && {
        label: i18n.t('Paste panels'),
        detail: commandKey('V'),
        run: () => void controller.clipboard.pasteFromMenu(),
      },
    mayEdit && dirty && { label: i18n.t('Save with a message…'), run: () => controller.actions.askForMessage() },
    dirty && { label: i18n.t('Discard changes'), run: () => open.session.revert() },
    mine !== null && { label: i18n.t('Reset my settings'), run: () => void controller.actions.resetMine() },
    (controller.powerUser || owner) && 'separator',
    controller.powerUser && { label: i18n.t('Close tab'), run: () => void controller.actions.close(open.id) },
    owner && !gone && { label: i18n.t('Delete layout…'), tone: 'bad', run: () => controller.openDialog({ kind: 'delete', layout }) },
  ];
  return items.filter((item) => item !== false);
}

/** Departments, and the way to every layout one may see. */
export function placeItems(controller: DashboardController): MenuItem[] {
  const { session, place } = controller.store.getSnapshot();
  const departments: MenuItem[] = session.departments.map((department) => ({
    label: department.title,
    href: departmentPath(department.id),
    checked: departmentOfPath(place.path) === department.id,
    detail: department.layout === null ? i18n.t('nothing pinned') : undefined,
    run: () => void controller.go(departmentPath(department.id)),
  }));
  const here = session.departments.find(({ id }) => place.path === departmentPath(id) || place.path === departmentPagePath(id));
  const page: MenuItem[] =
    here && mayPin(session, here.id)
      ? [
          {
            label: i18n.t('Department page'),
            href: departmentPagePath(here.id),
            run: () => void controller.go(departmentPagePath(here.id)),
          },
        ]
      : [];
  return [...departments, ...page, ...(departments.length > 0 ? ['separator' as const] : []), ...libraryItems(controller)];
}

export const libraryItems = (controller: DashboardController): MenuItem[] => [
  { label: i18n.t('All layouts'), href: libraryPath(), run: () => void controller.go(libraryPath()) },
  { label: i18n.t('Marketplace'), href: marketplacePath(), run: () => void controller.go(marketplacePath()) },
  { label: i18n.t('Open a layout…'), run: () => controller.openDialog({ kind: 'layouts' }) },
  ...(controller.powerUser ? [{ label: i18n.t('Import a layout…'), run: () => controller.openDialog({ kind: 'import' }) }] : []),
];

/** What stands in the palette of all commands as well would only lead to itself. */
export const PALETTE = (): string => i18n.t('Command palette…');

/** Of the person who is signed in. */
export function accountItems(controller: DashboardController): MenuItem[] {
  const { session, accessRequests } = controller.store.getSnapshot();
  const { on } = singleKeys.getSnapshot();
  return [
    ...(accessRequests.length > 0
      ? [
          {
            label: i18n.t('Requests for access…'),
            detail: String(accessRequests.length),
            run: () => controller.openDialog({ kind: 'access-requests' }),
          },
          'separator' as const,
        ]
      : []),
    ...publisherItems(controller, session),
    ...tokenItems(controller, session),
    ...(looksAfterWidgets(session)
      ? [{ label: i18n.t('Deployments'), href: deploymentsPath(), run: () => void controller.go(deploymentsPath()) }]
      : []),
    ...(isAdmin(session)
      ? [{ label: i18n.t('Administration'), href: adminPath('departments'), run: () => void controller.go(adminPath('departments')) }]
      : []),
    'separator',
    { label: i18n.t('Notifications…'), run: () => controller.openDialog({ kind: 'notifications' }) },
    { label: i18n.t('Preferences'), href: preferencesPath(), run: () => void controller.go(preferencesPath()) },
    { label: PALETTE(), detail: commandKey('K'), run: () => controller.openDialog({ kind: 'palette' }) },
    { label: i18n.t('Keyboard shortcuts…'), detail: HELP_KEY, run: () => controller.openDialog({ kind: 'keys' }) },
    { label: i18n.t('Single-key shortcuts'), detail: 'E, 1–9, ?', on, run: () => switchSingleKeys(!on) },
    'separator',
    { label: i18n.t('Sign out'), run: () => void controller.actions.signOut() },
  ];
}

function publisherItems(controller: DashboardController, { user }: Session): MenuItem[] {
  if (!user.roles.includes('publisher') && !user.roles.includes('admin')) return [];
  return [{ label: i18n.t('My widgets…'), run: () => controller.openDialog({ kind: 'my-widgets' }) }];
}

function tokenItems(controller: DashboardController, session: Session): MenuItem[] {
  if (!adminSectionsOf(session).includes('tokens')) return [];
  return [
    ...(mayMakeToken(session) ? [{ label: i18n.t('New token…'), href: NEW_TOKEN, run: () => location.assign(NEW_TOKEN) }] : []),
    { label: i18n.t('Tokens'), href: adminPath('tokens'), run: () => void controller.go(adminPath('tokens')) },
  ];
}

const themes = (): [ThemeChoice, string, string][] => [
  ['light', i18n.t('Light'), i18n.t('Theme: light')],
  ['dark', i18n.t('Dark'), i18n.t('Theme: dark')],
  ['system', i18n.t('Like the system'), i18n.t('Theme: like the system')],
];

/** `alone`: where nothing around them says what they are about. */
export function themeItems(where: 'menu' | 'alone' = 'menu'): MenuItem[] {
  const { choice } = themeStore.getSnapshot();
  return themes().map(([id, label, alone]) => ({
    label: where === 'menu' ? label : alone,
    checked: id === choice,
    run: () => chooseTheme(id),
  }));
}

/** Where nothing around them says what they are about: each in its own language as well, for whoever does not read this one. */
export function languageItems(): MenuItem[] {
  const choice = languageChoice();
  return [
    ...languages.map(({ language, name }) => ({
      label: i18n.t('Language: {name}', { name }),
      checked: language === choice,
      run: () => void setLanguage(language),
    })),
    { label: i18n.t('Language: like the browser'), checked: choice === 'system', run: () => void setLanguage('system') },
  ];
}
