/** What the command palette offers for what was typed: what can be done here at once, layouts and widgets from the registry. */

import type { LayoutSummary, Pin, WidgetSummary } from '@datamesh/contracts';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { commandKey } from '../../dashboard/keys';
import { pathOfLayout, pinPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import type { MenuItem } from '../../ui/Menu';
import { accountItems, languageItems, layoutItems, libraryItems, PALETTE, themeItems } from '../commands';
import { type Found, OFFERED } from './fitting';
import { panelCommands } from './panel-commands';
import { placeCommands } from './place-commands';
import { preferenceItems } from './preference-commands';

/** Everything that can be done right now, in the order of the menus. */
export function commandsOf(controller: DashboardController): Found[] {
  const { active } = controller;
  const of = (items: readonly MenuItem[], called = (label: string) => label, kind?: string): Omit<Found, 'id'>[] =>
    items
      .filter((item) => item !== 'separator')
      .map(({ label, detail, checked, on, run }) => ({
        label: called(label.replace(/…$/, '')),
        detail: checked ? i18n.t('chosen') : on === undefined ? (detail ?? kind) : on ? i18n.t('on') : i18n.t('off'),
        run,
      }));
  const commands = [
    ...(active ? editing(controller, active) : []),
    ...(active ? of(layoutItems(controller, active), undefined, i18n.t('layout')) : []),
    ...(active ? panelCommands(active, (panel) => controller.openDrawer({ kind: 'settings', panel })) : []),
    ...(controller.powerUser ? [{ label: i18n.t('New layout'), run: () => void controller.actions.newLayout() }] : []),
    ...placeCommands(controller),
    ...(active?.pin && active.pin.pinned.length > 1 ? pinned(controller, active.pin) : []),
    ...of(libraryItems(controller)),
    ...of(themeItems('alone')),
    ...of(languageItems()),
    ...of(preferenceItems(controller)),
    ...of(accountItems(controller).filter((item) => item === 'separator' || item.label !== PALETTE())),
  ];
  return commands.map((command, index) => ({ ...command, id: `command-${index}` }));
}

type Open = NonNullable<DashboardController['active']>;

const pinned = (controller: DashboardController, { department, pinned }: Pin): Omit<Found, 'id'>[] =>
  pinned.map(({ layout, title }, at) => ({
    label: i18n.t('Show {title}', { title }),
    detail: String(at + 1),
    run: () => void controller.go(pinPath(department, layout)),
  }));

function editing(controller: DashboardController, open: Open): Omit<Found, 'id'>[] {
  const { mayEdit, dirty, undo, redo } = open.session.state;
  if (!mayEdit) return [];
  if (open.mode.getSnapshot().mode === 'view')
    return [
      { label: i18n.t('Edit this layout'), detail: 'E', run: () => void controller.actions.setMode('edit') },
      ...(dirty ? [save(controller)] : []),
      { label: i18n.t('Add a widget'), run: () => void controller.actions.addFirst() },
    ];
  return [
    { label: i18n.t('Add a widget'), run: () => controller.openDrawer({ kind: 'marketplace' }) },
    ...(dirty ? [save(controller)] : []),
    ...(undo === null ? [] : [{ label: i18n.t('Undo: {undo}', { undo }), detail: commandKey('Z'), run: () => void open.undo() }]),
    ...(redo === null ? [] : [{ label: i18n.t('Redo: {redo}', { redo }), detail: commandKey('Y'), run: () => void open.redo() }]),
    { label: i18n.t('View this layout'), detail: 'E', run: () => void controller.actions.setMode('view') },
  ];
}

const save = (controller: DashboardController): Omit<Found, 'id'> => ({
  label: i18n.t('Save'),
  detail: commandKey('S'),
  run: () => void controller.actions.save(),
});

export function layoutsFound(controller: DashboardController, items: readonly LayoutSummary[]): Found[] {
  const { user, departments } = controller.store.getSnapshot().session;
  return items.slice(0, OFFERED).map(({ id, title, owner, updatedByName }) => {
    const pinned = departments.find(({ layouts }) => layouts.includes(id));
    const whose = owner === `user:${user.id}` ? i18n.t('yours') : i18n.t('by {name}', { name: updatedByName });
    return {
      id: `layout-${id}`,
      label: title,
      detail: pinned ? i18n.t('pinned by {title}', { title: pinned.title }) : whose,
      run: () => void controller.go(pathOfLayout(departments, id)),
    };
  });
}

/** Added to the layout where one may, else shown. */
export function widgetsFound(controller: DashboardController, items: readonly WidgetSummary[]): Found[] {
  const { active } = controller;
  const editable = active?.session.state.mayEdit ? active : null;
  return items.slice(0, OFFERED).map((widget) => ({
    id: `widget-${widget.name}`,
    label: editable ? i18n.t('Add {title}', { title: widget.title }) : widget.title,
    detail: i18n.t('by {name}', { name: widget.publisher }),
    run: () => {
      if (!editable) return controller.openDialog({ kind: 'widget', name: widget.name, title: widget.title });
      void controller.actions.setMode('edit').then(() => {
        if (editable.mode.getSnapshot().mode === 'edit') editable.workspace.add(widget);
      });
    },
  }));
}
