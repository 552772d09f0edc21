import type { LayoutContent, Panel } from '@datamesh/contracts';
import { removePanel, setPanel } from '@datamesh/layout';
import { USER_CHANNELS } from '../../interop/channels';
import { button } from '../notices';
import type { Stage } from '../stage';
import { channelChip } from './channelChip';
import { type IconName, icon } from './icons';
import { type MenuItem, openMenu } from './menu';

export interface PanelCommands {
  edit(next: LayoutContent, label: string): void;
  openSettings(panel: string): void;
  /** Starts placing the panel anew: arrows choose, Enter places. */
  startMoving(panel: string): void;
}

/** Gear and menu of a panel; `panel` is asked at the moment of the click. */
export function panelButtons(stage: Stage, commands: PanelCommands, panel: () => string | undefined): HTMLButtonElement[] {
  const withPanel = (run: (id: string) => void) => (): void => {
    const id = panel();
    if (id !== undefined) run(id);
  };
  const gear = iconButton('settings', 'Settings', withPanel(commands.openSettings));
  const menu = iconButton(
    'menu',
    'Panel menu',
    withPanel((id) => openPanelMenu(stage, commands, id, menu)),
  );
  menu.setAttribute('aria-haspopup', 'menu');
  menu.setAttribute('aria-expanded', 'false');
  return [gear, menu];
}

export function iconButton(name: IconName, label: string, run: () => void): HTMLButtonElement {
  const element = button('dm-action', '', run);
  element.setAttribute('aria-label', label);
  element.title = label;
  element.append(icon(name));
  return element;
}

export function closePanel(stage: Stage, commands: PanelCommands, panel: string): void {
  const title = stage.frame(panel)?.title ?? '';
  commands.edit(removePanel(stage.content(), panel), `Close ${title}`);
  stage.announce(`${title} was closed`);
}

export function openPanelMenu(stage: Stage, commands: PanelCommands, panel: string, at: HTMLElement): void {
  const content = stage.content();
  const entry = content.panels[panel];
  if (!entry) return;
  const title = stage.frame(panel)?.title ?? panel;
  const change = (patch: Partial<Panel>, label: string) => (): void => commands.edit(setPanel(stage.content(), panel, patch), label);
  const standard = USER_CHANNELS.find(({ id }) => id === content.defaultChannel);
  const items: MenuItem[] = [
    { kind: 'action', label: 'Settings…', run: () => commands.openSettings(panel) },
    { kind: 'action', label: 'Move…', hint: 'Alt + arrows', run: () => commands.startMoving(panel) },
    { kind: 'action', label: 'Close', hint: 'Delete', run: () => closePanel(stage, commands, panel) },
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
