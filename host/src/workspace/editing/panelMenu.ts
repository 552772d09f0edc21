import type { LayoutContent, Panel } from '@datamesh/contracts';
import { type Place, setPanel, stackOf } from '@datamesh/layout';
import { USER_CHANNELS } from '../../interop/channels';
import { iconButton } from '../icons';
import { commandKey } from '../keyNames';
import type { Stage } from '../stage';
import { channelChip } from './channelChip';
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

/** What stands in the head of a stack; `panel` is asked at the moment of the click. */
export function panelButtons(stage: Stage, commands: PanelCommands, panel: () => string | undefined): HTMLButtonElement[] {
  const withPanel = (run: (id: string) => void) => (): void => {
    const id = panel();
    if (id !== undefined) run(id);
  };
  const add = iconButton(
    'plus',
    'Add a tab',
    withPanel((id) => commands.chooseWidget({ into: id }, add)),
    'Add a tab to',
  );
  add.classList.add('dm-add');
  const gear = iconButton('settings', 'Settings', withPanel(commands.openSettings), 'Settings of');
  const menu = iconButton(
    'menu',
    'Panel menu',
    withPanel((id) => openPanelMenu(stage, commands, id, menu)),
    'Menu of',
  );
  menu.setAttribute('aria-haspopup', 'menu');
  menu.setAttribute('aria-expanded', 'false');
  const maximise = iconButton('maximise', 'Maximise', withPanel(stage.toggleMaximised));
  maximise.classList.add('dm-maximise');
  const close = iconButton('close', 'Close panel', withPanel(commands.close), 'Close');
  close.classList.add('dm-close');
  return [add, gear, maximise, menu, close];
}

export function openPanelMenu(stage: Stage, commands: PanelCommands, panel: string, at: HTMLElement): void {
  const content = stage.content();
  const entry = content.panels[panel];
  if (!entry) return;
  const title = stage.frame(panel)?.title ?? panel;
  const change = (patch: Partial<Panel>, label: string) => (): void => commands.edit(setPanel(stage.content(), panel, patch), label);
  const tabs = stackOf(content.tree, panel)?.panels ?? [];
  const standard = USER_CHANNELS.find(({ id }) => id === content.defaultChannel);
  const items: MenuItem[] = [
    { kind: 'action', label: 'Settings…', run: () => commands.openSettings(panel) },
    { kind: 'action', label: 'Add a tab…', run: () => commands.chooseWidget({ into: panel }, at) },
    { kind: 'action', label: 'Move…', hint: 'Alt + arrows', run: () => commands.startMoving(panel) },
    { kind: 'action', label: 'Rename…', hint: 'F2', run: () => commands.rename(panel) },
    { kind: 'action', label: 'Copy', hint: commandKey('C'), run: () => commands.copy([panel]) },
    ...(tabs.length > 1
      ? [{ kind: 'action' as const, label: `Copy all ${tabs.length} tabs of its stack`, run: () => commands.copy(tabs) }]
      : []),
    { kind: 'action', label: 'Duplicate', hint: commandKey('D'), run: () => commands.duplicate(panel) },
    { kind: 'action', label: stage.isMaximised() ? 'Restore' : 'Maximise', run: () => stage.toggleMaximised(panel) },
    { kind: 'action', label: 'Close', hint: 'Delete', run: () => commands.close(panel) },
    { kind: 'group', label: 'Channel' },
    {
      kind: 'choice',
      label: `As the layout says (${standard?.name ?? 'none'})`,
      checked: !entry.channel,
      run: change({ channel: null }, 'Change channel'),
    },
    ...USER_CHANNELS.map(
      ({ id, name }): MenuItem => ({
        kind: 'choice',
        label: name,
        mark: channelChip(id),
        checked: entry.channel === id,
        run: change({ channel: id }, `Change channel to ${name}`),
      }),
    ),
    { kind: 'choice', label: 'No channel', checked: entry.channel === 'none', run: change({ channel: 'none' }, 'Leave channel') },
    { kind: 'group', label: 'On its channel it' },
    ...(
      [
        ['both', 'sends and receives'],
        ['send', 'only sends'],
        ['receive', 'only receives'],
      ] as const
    ).map(
      ([direction, label]): MenuItem => ({
        kind: 'choice',
        label,
        checked: (entry.direction ?? 'both') === direction,
        run: change({ direction }, 'Change direction'),
      }),
    ),
  ];
  openMenu(at, `${title} menu`, items);
}
