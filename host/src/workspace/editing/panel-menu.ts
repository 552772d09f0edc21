import type { LayoutContent, Panel } from '@datamesh/contracts';
import { type Place, setPanel, stackOf } from '@datamesh/layout';
import { USER_CHANNELS } from '../../interop/channels';
import { i18n } from '../../language/i18n';
import { channelName } from '../../language/terms';
import type { ArrangerHost } from '../arranger';
import { iconButton, PANEL } from '../icons';
import { commandKey, keyNames } from '../key-names';
import { channelChip } from './channel-chip';
import { type MenuItem, openMenu } from './menu';

export interface PanelCommands {
  edit(next: LayoutContent, label: string): void;
  openSettings(panel: string): void;
  /** Starts placing the panel anew: arrows choose, Enter places. */
  startMoving(panel: string): void;
  /** Into the clipboard. */
  copy(panels: readonly string[]): void;
  duplicate(panel: string): void;
  /** In its tab, where it has one. */
  rename(panel: string): void;
  close(panel: string): void;
  /** Asks which widget goes there; `from`: what the keyboard comes back to. */
  chooseWidget(place: Place, from: HTMLElement): void;
}

type PanelGetter = () => string | undefined;

const withPanel = (panel: PanelGetter, run: (id: string) => void) => (): void => {
  const id = panel();
  if (id !== undefined) run(id);
};

/** What stands in the head of a stack; `panel` is asked at the moment of the click. */
export function panelButtons(arrangerHost: ArrangerHost, commands: PanelCommands, panel: PanelGetter): HTMLButtonElement[] {
  const { before, after } = besideMenu(arrangerHost, commands, panel);
  return [...before, menuButton(arrangerHost, commands, panel), ...after];
}

/** Which offers all that the others do. */
export function menuButton(arrangerHost: ArrangerHost, commands: PanelCommands, panel: PanelGetter): HTMLButtonElement {
  const menu = iconButton(
    'menu',
    i18n.t('Panel menu'),
    withPanel(panel, (id) => openPanelMenu(arrangerHost, commands, id, menu)),
    i18n.t('Menu of {panel}', { panel: PANEL }),
  );
  menu.setAttribute('aria-haspopup', 'menu');
  menu.setAttribute('aria-expanded', 'false');
  return menu;
}

/** The others. */
export function besideMenu(
  arrangerHost: ArrangerHost,
  commands: PanelCommands,
  panel: PanelGetter,
): { before: HTMLButtonElement[]; after: HTMLButtonElement[] } {
  const add = iconButton(
    'plus',
    i18n.t('Add a tab'),
    withPanel(panel, (id) => commands.chooseWidget({ into: id }, add)),
    i18n.t('Add a tab to {panel}', { panel: PANEL }),
  );
  add.classList.add('dm-add');
  const gear = iconButton(
    'settings',
    i18n.t('Settings'),
    withPanel(panel, commands.openSettings),
    i18n.t('Settings of {panel}', { panel: PANEL }),
  );
  const maximise = iconButton('maximise', i18n.t('Maximise'), withPanel(panel, arrangerHost.toggleMaximised));
  maximise.classList.add('dm-maximise');
  const close = iconButton('close', i18n.t('Close panel'), withPanel(panel, commands.close), `${i18n.t('Close')} ${PANEL}`);
  close.classList.add('dm-close');
  return { before: [add, gear, maximise], after: [close] };
}

export function openPanelMenu(arrangerHost: ArrangerHost, commands: PanelCommands, panel: string, at: HTMLElement): void {
  const content = arrangerHost.content();
  const entry = content.panels[panel];
  if (!entry) return;
  const title = arrangerHost.frame(panel)?.title ?? panel;
  const change = (patch: Partial<Panel>, label: string) => (): void => commands.edit(setPanel(arrangerHost.content(), panel, patch), label);
  const tabs = stackOf(content.tree, panel)?.panels ?? [];
  const standard = USER_CHANNELS.find(({ id }) => id === content.defaultChannel);
  const items: MenuItem[] = [
    { kind: 'action', label: i18n.t('Settings…'), run: () => commands.openSettings(panel) },
    { kind: 'action', label: i18n.t('Add a tab…'), run: () => commands.chooseWidget({ into: panel }, at) },
    { kind: 'action', label: i18n.t('Move…'), hint: i18n.t('Alt + arrows'), run: () => commands.startMoving(panel) },
    { kind: 'action', label: i18n.t('Rename…'), hint: 'F2', run: () => commands.rename(panel) },
    { kind: 'action', label: i18n.t('Copy'), hint: commandKey('C'), run: () => commands.copy([panel]) },
    ...(tabs.length > 1
      ? [
          {
            kind: 'action' as const,
            label: i18n.t('Copy all {count} tabs of its stack', { count: tabs.length }),
            run: () => commands.copy(tabs),
          },
        ]
      : []),
    { kind: 'action', label: i18n.t('Duplicate'), hint: commandKey('D'), run: () => commands.duplicate(panel) },
    {
      kind: 'action',
      label: arrangerHost.isMaximised() ? i18n.t('Restore') : i18n.t('Maximise'),
      run: () => arrangerHost.toggleMaximised(panel),
    },
    { kind: 'action', label: i18n.t('Close'), hint: keyNames('Delete'), run: () => commands.close(panel) },
    { kind: 'group', label: i18n.t('Channel') },
    {
      kind: 'choice',
      label: i18n.t('As the layout says ({channel})', { channel: standard ? channelName(standard.id) : i18n.t('none') }),
      checked: !entry.channel,
      run: change({ channel: null }, i18n.t('Change channel')),
    },
    ...USER_CHANNELS.map(
      ({ id }): MenuItem => ({
        kind: 'choice',
        label: channelName(id),
        mark: channelChip(id),
        checked: entry.channel === id,
        run: change({ channel: id }, i18n.t('Change channel to {name}', { name: channelName(id) })),
      }),
    ),
    {
      kind: 'choice',
      label: i18n.t('No channel'),
      checked: entry.channel === 'none',
      run: change({ channel: 'none' }, i18n.t('Leave channel')),
    },
    { kind: 'group', label: i18n.t('On its channel it') },
    ...(
      [
        ['both', i18n.t('sends and receives')],
        ['send', i18n.t('only sends')],
        ['receive', i18n.t('only receives')],
      ] as const
    ).map(
      ([direction, label]): MenuItem => ({
        kind: 'choice',
        label,
        checked: (entry.direction ?? 'both') === direction,
        run: change({ direction }, i18n.t('Change direction')),
      }),
    ),
  ];
  openMenu(at, i18n.t('Menu of {title}', { title }), items);
}
