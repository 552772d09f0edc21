/** What the command palette offers for what was typed: what can be done here at once, layouts and widgets from the registry. */

import type { LayoutSummary, Pin, WidgetSummary } from '@datamesh/contracts';
import { i18n } from '../../language/i18n';
import { accountItems, languageItems, layoutItems, libraryItems, PALETTE, themeItems } from '../commands';
import type { Desk } from '../desk';
import { commandKey } from '../keys';
import type { MenuItem } from '../Menu';
import { departmentPath, pathOfLayout, pinPath } from '../route';
import { type Found, OFFERED } from './fitting';

/** Everything that can be done right now, in the order of the menus. */
export function commandsOf(desk: Desk): Found[] {
  const { active, store } = desk;
  const of = (items: readonly MenuItem[], called = (label: string) => label, kind?: string): Omit<Found, 'id'>[] =>
    items
      .filter((item) => item !== 'separator')
      .map(({ label, detail, checked, on, run }) => ({
        label: called(label.replace(/…$/, '')),
        detail: checked ? i18n.t('chosen') : on === undefined ? (detail ?? kind) : on ? i18n.t('on') : i18n.t('off'),
        run,
      }));
  const commands = [
    ...(active ? editing(desk, active) : []),
    ...(active ? of(layoutItems(desk, active), undefined, i18n.t('layout')) : []),
    ...(active ? panels(active) : []),
    ...(desk.powerUser ? [{ label: i18n.t('New layout'), run: () => void desk.actions.newLayout() }] : []),
    ...store.getSnapshot().session.departments.map(({ id, title }) => ({
      label: i18n.t('Go to {title}', { title }),
      detail: i18n.t('department'),
      run: () => void desk.go(departmentPath(id)),
    })),
    ...(active?.pin && active.pin.pinned.length > 1 ? pinned(desk, active.pin) : []),
    ...of(libraryItems(desk)),
    ...of(themeItems('alone')),
    ...of(languageItems()),
    ...of(accountItems(desk).filter((item) => item === 'separator' || item.label !== PALETTE())),
  ];
  return commands.map((command, index) => ({ ...command, id: `command-${index}` }));
}

type Open = NonNullable<Desk['active']>;

const pinned = (desk: Desk, { department, pinned }: Pin): Omit<Found, 'id'>[] =>
  pinned.map(({ layout, title }, at) => ({
    label: i18n.t('Show {title}', { title }),
    detail: String(at + 1),
    run: () => void desk.go(pinPath(department, layout)),
  }));

function editing(desk: Desk, open: Open): Omit<Found, 'id'>[] {
  const { mayEdit, dirty, undo, redo } = open.session.state;
  if (!mayEdit) return [];
  if (open.mode.getSnapshot().mode === 'view')
    return [
      { label: i18n.t('Edit this layout'), detail: 'E', run: () => void desk.actions.setMode('edit') },
      ...(dirty ? [save(desk)] : []),
      { label: i18n.t('Add a widget'), run: () => void desk.actions.addFirst() },
    ];
  return [
    { label: i18n.t('Add a widget'), run: () => desk.openDrawer({ kind: 'marketplace' }) },
    ...(dirty ? [save(desk)] : []),
    ...(undo === null ? [] : [{ label: i18n.t('Undo: {undo}', { undo }), detail: commandKey('Z'), run: () => void open.undo() }]),
    ...(redo === null ? [] : [{ label: i18n.t('Redo: {redo}', { redo }), detail: commandKey('Y'), run: () => void open.redo() }]),
    { label: i18n.t('View this layout'), detail: 'E', run: () => void desk.actions.setMode('view') },
  ];
}

const save = (desk: Desk): Omit<Found, 'id'> => ({ label: i18n.t('Save'), detail: commandKey('S'), run: () => void desk.actions.save() });

const panels = ({ workspace }: Open): Omit<Found, 'id'>[] =>
  workspace
    .panels()
    .map(({ id, title }) => ({ label: i18n.t('Go to {title}', { title }), detail: i18n.t('panel'), run: () => workspace.focusPanel(id) }));

export function layoutsFound(desk: Desk, items: readonly LayoutSummary[]): Found[] {
  const { user, departments } = desk.store.getSnapshot().session;
  return items.slice(0, OFFERED).map(({ id, title, owner, updatedByName }) => {
    const pinned = departments.find(({ layouts }) => layouts.includes(id));
    const whose = owner === `user:${user.id}` ? i18n.t('yours') : i18n.t('by {name}', { name: updatedByName });
    return {
      id: `layout-${id}`,
      label: title,
      detail: pinned ? i18n.t('pinned by {title}', { title: pinned.title }) : whose,
      run: () => void desk.go(pathOfLayout(departments, id)),
    };
  });
}

/** Added to the layout where one may, else shown. */
export function widgetsFound(desk: Desk, items: readonly WidgetSummary[]): Found[] {
  const { active } = desk;
  const editable = active?.session.state.mayEdit ? active : null;
  return items.slice(0, OFFERED).map((widget) => ({
    id: `widget-${widget.name}`,
    label: editable ? i18n.t('Add {title}', { title: widget.title }) : widget.title,
    detail: i18n.t('by {name}', { name: widget.publisher }),
    run: () => {
      if (!editable) return desk.openDialog({ kind: 'widget', name: widget.name, title: widget.title });
      void desk.actions.setMode('edit').then(() => {
        if (editable.mode.getSnapshot().mode === 'edit') editable.workspace.add(widget);
      });
    },
  }));
}
