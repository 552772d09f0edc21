import type { Stack, Tab } from 'golden-layout';
import { i18n } from '../../language/i18n';
import type { ArrangerHost } from '../arranger';
import { node } from '../nodes';
import { newTabId, tabAfterKey, tie } from '../roving-tabs';
import { tabCloser } from '../tab-strip';
import { channelChip } from './channel-chip';
import type { Direction } from './moving';

export interface TabCommands {
  select(panel: string): void;
  close(panel: string): void;
  move(panel: string, direction: Direction): void;
  resize(panel: string, direction: Direction): void;
  openMenu(panel: string, at: HTMLElement): void;
  rename(panel: string): void;
}

export const panelOf = (tab: Tab): string => String(tab.componentItem.container.initialState);

/** golden-layout has no role, no name and no keyboard at all: this gives its tabs all three. Safe to do again and again. */
export function dressTabs(stack: Stack, arrangerHost: ArrangerHost, commands: TabCommands): void {
  const { tabs, tabsContainerElement: list } = stack.header;
  const front = stack.getActiveComponentItem();
  nameList(list);
  for (const tab of tabs) {
    const panel = panelOf(tab);
    const frame = arrangerHost.frame(panel);
    if (!frame) continue;
    const { element } = tab;
    const selected = tab.componentItem === front;
    if (!element.id) {
      element.id = newTabId();
      element.setAttribute('role', 'tab');
      element.dataset['for'] = panel;
      element.addEventListener('keydown', (event) => key(event, panel, tab, commands));
      element.addEventListener('dblclick', (event) => {
        if (!(event.target as Element).closest('.dm-tab-close')) commands.rename(panel);
      });
      element.addEventListener('contextmenu', (event) => {
        // By a finger it is the beginning of a drag.
        if (event.pointerType === 'touch') return;
        event.preventDefault();
        commands.openMenu(panel, element);
      });
      const closer = tabCloser();
      closer.addEventListener('click', (event) => {
        event.stopPropagation();
        commands.close(panel);
      });
      element.append(closer);
    }
    tie(element, frame.element);
    element.setAttribute('aria-selected', String(selected));
    element.tabIndex = selected ? 0 : -1;
    label(tab, arrangerHost);
  }
}

/** golden-layout's list is a section, which cannot be a list of tabs: one around it that takes no room of its own is. */
function nameList(list: HTMLElement): void {
  if (list.parentElement?.getAttribute('role') === 'tablist') return;
  const named = node('div', 'dm-tablist');
  named.setAttribute('role', 'tablist');
  named.setAttribute('aria-label', i18n.t('Panels'));
  list.setAttribute('role', 'presentation');
  list.replaceWith(named);
  named.append(list);
}

function label(tab: Tab, arrangerHost: ArrangerHost): void {
  const frame = arrangerHost.frame(panelOf(tab));
  if (!frame) return;
  const { element } = tab;
  if (tab.titleElement.textContent !== frame.title) tab.componentItem.setTitle(frame.title);
  if (element.dataset['channel'] !== (frame.channel ?? '')) {
    element.dataset['channel'] = frame.channel ?? '';
    element.querySelector('.dm-chip')?.remove();
    const chip = channelChip(frame.channel);
    if (chip) element.prepend(chip);
  }
  let badge = element.querySelector<HTMLElement>('.dm-badge');
  if (frame.badge && !badge) {
    badge = node('span', 'dm-badge');
    tab.titleElement.after(badge);
  }
  if (badge && badge.textContent !== (frame.badge ?? '')) badge.textContent = frame.badge ?? '';
  if (badge && !frame.badge) badge.remove();
}

const DIRECTIONS: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'top', ArrowDown: 'bottom' };

/** Commands that work on a tab and on the frame of a panel alike. Answers whether the key was one of them. */
export function panelKey(event: KeyboardEvent, panel: string, commands: TabCommands, at: HTMLElement): boolean {
  const direction = event.altKey && !event.ctrlKey && !event.metaKey ? DIRECTIONS[event.key] : undefined;
  if (direction && event.shiftKey) commands.resize(panel, direction);
  else if (direction) commands.move(panel, direction);
  else if (event.key === 'F2') commands.rename(panel);
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) commands.openMenu(panel, at);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function key(event: KeyboardEvent, panel: string, tab: Tab, commands: TabCommands): void {
  if (panelKey(event, panel, commands, tab.element)) return;
  const siblings = tab.componentItem.parentItem;
  const tabs = (siblings as unknown as Stack).header.tabs;
  const to = tabs[tabAfterKey(event.key, tabs.indexOf(tab), tabs.length) ?? -1];
  // What the key at that place is called on a Mac.
  if (event.key === 'Delete' || event.key === 'Backspace') commands.close(panel);
  else if (event.key === 'Enter' || event.key === ' ') commands.select(panel);
  else if (to) {
    commands.select(panelOf(to));
    to.element.focus();
  } else return;
  event.preventDefault();
}
