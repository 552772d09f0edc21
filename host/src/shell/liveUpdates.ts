import type { RegistryEvent } from '@datamesh/contracts';
import type { Notice } from '../layouts/layoutState';
import { watchAudit } from './auditWatch';
import type { OpenDashboard } from './openDashboard';
import { departmentPath } from './route';

/** What the event stream says, brought to whatever is open. */
export function hear(dashboard: OpenDashboard, event: RegistryEvent): void {
  dashboard.news.hear(event);
  const data = event.data as { layout?: string; revision?: number; deleted?: boolean; department?: string };
  if (event.type === 'layouts.changed') {
    const open = dashboard.layout(data.layout ?? '');
    if (open) void dashboard.attempt(open.session.changed(data.revision ?? 0, data.deleted === true), undefined, 'silent');
  } else if (event.type === 'pins.changed') pinChanged(dashboard, data.department ?? '', data.layout ?? '');
  else if (event.type === 'audit.verified') watchAudit(dashboard);
  else dashboard.resolutions.apply(event);
}

/** After a gap in the stream: everything shown is asked about again. */
export function resync(dashboard: OpenDashboard): void {
  dashboard.resolutions.refresh();
  watchAudit(dashboard);
  dashboard.news.missed();
  for (const open of dashboard.layouts()) void dashboard.attempt(open.session.refresh(), undefined, 'silent');
}

/** What a layout has to tell. */
export function tell(dashboard: OpenDashboard, id: string, notice: Notice): void {
  const open = dashboard.layout(id);
  if (!open) return;
  const title = `“${open.session.state.content.title}”`;
  switch (notice.kind) {
    case 'reloaded':
      dashboard.toasts.show('info', `${notice.by} changed ${title}. You see the newest version.`);
      dashboard.remember(open);
      break;
    case 'newer':
      dashboard.toasts.show('warn', `${notice.by} saved ${title} in between. Both are merged when you save.`);
      break;
    case 'gone':
      // The banner over the layout says what can be done about it.
      dashboard.toasts.show('warn', `${title} was deleted.`);
      break;
    case 'refused':
      dashboard.toasts.show('bad', notice.problem.message);
      break;
  }
}

function pinChanged(dashboard: OpenDashboard, department: string, layout: string): void {
  const { place, session } = dashboard.store.getSnapshot();
  const path = departmentPath(department);
  const before = [...dashboard.layouts()].find(({ pin }) => pin?.department.id === department);
  if (before?.id === layout) return;
  // What was pinned is from now on at its own address, so that the department's leads to the new one.
  if (before) {
    before.pin = null;
    dashboard.remember(before);
  }
  if (place.path !== path) return;
  if (place.kind !== 'layout') return void dashboard.go(path, 'replace');
  dashboard.showOwnPath();
  const title = session.departments.find(({ id }) => id === department)?.title ?? department;
  dashboard.toasts.show('info', `${title} pinned another layout.`, { label: 'Show it', run: () => void dashboard.go(path) });
}
