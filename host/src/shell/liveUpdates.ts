import type { RegistryEvent } from '@datamesh/contracts';
import type { Notice } from '../layouts/layoutState';
import type { Desk } from './desk';
import { departmentPath } from './route';

/** What the event stream says, brought to whatever is open. */
export function hear(desk: Desk, event: RegistryEvent): void {
  const data = event.data as { layout?: string; revision?: number; deleted?: boolean; department?: string };
  if (event.type === 'layouts.changed') {
    const open = desk.layout(data.layout ?? '');
    if (open) void desk.attempt(open.session.changed(data.revision ?? 0, data.deleted === true), undefined, 'silent');
  } else if (event.type === 'pins.changed') pinChanged(desk, data.department ?? '', data.layout ?? '');
  else desk.resolutions.apply(event);
}

/** After a gap in the stream: everything shown is asked about again. */
export function resync(desk: Desk): void {
  desk.resolutions.refresh();
  for (const open of desk.layouts()) void desk.attempt(open.session.refresh(), undefined, 'silent');
}

/** What a layout has to tell. */
export function tell(desk: Desk, id: string, notice: Notice): void {
  const open = desk.layout(id);
  if (!open) return;
  const title = `“${open.session.state.content.title}”`;
  switch (notice.kind) {
    case 'reloaded':
      desk.toasts.show('info', `${notice.by} changed ${title}. You see the newest version.`);
      desk.remember(open);
      break;
    case 'newer':
      desk.toasts.show('warn', `${notice.by} saved ${title} in between. Both are merged when you save.`);
      break;
    case 'gone':
      // The banner over the layout says what can be done about it.
      desk.toasts.show('warn', `${title} was deleted.`);
      break;
    case 'refused':
      desk.toasts.show('bad', notice.problem.message);
      break;
  }
}

function pinChanged(desk: Desk, department: string, layout: string): void {
  const { place, session } = desk.store.getSnapshot();
  const path = departmentPath(department);
  const before = [...desk.layouts()].find(({ pin }) => pin?.department.id === department);
  if (before?.id === layout) return;
  // What was pinned is from now on at its own address, so that the department's leads to the new one.
  if (before) {
    before.pin = null;
    desk.remember(before);
  }
  if (place.path !== path) return;
  if (place.kind !== 'layout') return void desk.go(path, 'replace');
  desk.showOwnPath();
  const title = session.departments.find(({ id }) => id === department)?.title ?? department;
  desk.toasts.show('info', `${title} pinned another layout.`, { label: 'Show it', run: () => void desk.go(path) });
}
