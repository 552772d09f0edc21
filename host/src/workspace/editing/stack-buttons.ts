import type { Stack } from 'golden-layout';
import { i18n } from '../../language/i18n';
import type { ArrangerHost } from '../arranger';
import { nameAfterPanel, turn } from '../icons';
import { addArrows } from '../tab-strip';
import { isNarrow } from './golden-sizes';
import { besideMenu, menuButton, type PanelCommands } from './panel-menu';

/** The buttons in a stack's head, named after the panel in front. Safe to do again and again. */
export function dressButtons(stack: Stack, arrangerHost: ArrangerHost, commands: PanelCommands, front: () => string | undefined): void {
  const { controlsContainerElement: controls, tabsContainerElement: list } = stack.header;
  let menu = controls.querySelector<HTMLElement>('[aria-haspopup]');
  if (!menu) {
    menu = menuButton(arrangerHost, commands, front);
    controls.append(menu);
    addArrows(list);
  }
  // Hidden in a narrow stack: made once there is room for them.
  if (!isNarrow(stack) && !controls.querySelector('.dm-close')) {
    const { before, after } = besideMenu(arrangerHost, commands, front);
    menu.before(...before);
    menu.after(...after);
  }
  const maximise = controls.querySelector<HTMLElement>('.dm-maximise');
  const maximised = arrangerHost.isMaximised();
  if (maximise) turn(maximise, maximised ? 'restore' : 'maximise', maximised ? i18n.t('Restore') : i18n.t('Maximise'));
  const frame = arrangerHost.frame(front() ?? '');
  if (frame) nameAfterPanel(controls.querySelectorAll<HTMLElement>('.dm-action'), frame.title);
}
