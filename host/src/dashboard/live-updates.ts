import type { Pin, RegistryEvent } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import type { Notice } from '../layouts/layout-state';
import { watchAccessRequests } from './access-requests';
import { watchAudit } from './audit-watch';
import type { News } from './notifications/book';
import { watchShared } from './notifications/shared-with-me';
import { noteDeprecation } from './notifications/version-news';
import { type Told, toldWords } from './notifications/words';
import type { OpenDashboard } from './open-dashboard';
import { departmentOfPath, departmentPath, layoutPath } from './route';

/** What the event stream says, brought to whatever is open. */
export function onRegistryEvent(dashboard: OpenDashboard, event: RegistryEvent): void {
  dashboard.news.onRegistryEvent(event);
  const data = event.data as {
    layout?: string;
    revision?: number;
    deleted?: boolean;
    department?: string;
    name?: string;
    version?: string;
    sharing?: boolean;
  };
  if (event.type === 'widgets.yanked') void dashboard.withdrawSeen(`${data.name}@${data.version}`);
  if (event.type === 'widgets.deprecated') noteDeprecation(dashboard, event.id, data.name ?? '', data.version ?? '');
  if (event.type === 'layouts.changed') {
    if (data.sharing === true) watchShared(dashboard);
    layoutChanged(dashboard, data.layout ?? '', data.revision ?? 0, data.deleted === true);
  } else if (event.type === 'pins.changed') void dashboard.attempt(pinChanged(dashboard, data.department ?? ''), undefined, 'silent');
  else if (event.type === 'audit.verified') watchAudit(dashboard);
  else if (event.type === 'access-requests.changed') watchAccessRequests(dashboard);
  else if (event.type === 'presence.changed') dashboard.presence.onPresenceChanged(data.layout);
  else dashboard.resolutions.apply(event);
}

/** After a gap in the stream: everything shown is asked about again. */
export function resync(dashboard: OpenDashboard): void {
  dashboard.resolutions.refresh();
  watchAudit(dashboard);
  watchAccessRequests(dashboard);
  watchShared(dashboard);
  dashboard.news.missed();
  dashboard.presence.onPresenceChanged();
  for (const open of dashboard.layouts()) void dashboard.attempt(open.session.refresh(), undefined, 'silent');
  const { place, kiosk } = dashboard.store.getSnapshot();
  const department = kiosk?.department ?? (place.kind === 'layout' ? departmentOfPath(place.path) : undefined);
  if (department !== undefined) void dashboard.attempt(pinChanged(dashboard, department), undefined, 'silent');
}

/** What a layout has to tell. */
export function showNotice(dashboard: OpenDashboard, id: string, notice: Notice): void {
  const open = dashboard.layout(id);
  if (!open) return;
  const { content, layout } = open.session.state;
  const about = { layout: id, title: content.title };
  const said = (kind: Told, fact: string | number, more: Record<string, string> = {}): string =>
    noteAndSay(dashboard, { kind, topic: `${kind} ${id}`, fact: String(fact), values: { ...about, ...more } });
  switch (notice.kind) {
    case 'reloaded':
      dashboard.toasts.show('info', said('changed', layout.revision, { by: notice.by }));
      dashboard.remember(open);
      break;
    case 'newer':
      dashboard.toasts.show(
        'warn',
        said('newer', open.session.state.newer?.revision ?? layout.revision, notice.by === null ? {} : { by: notice.by }),
      );
      break;
    case 'rights':
      dashboard.toasts.show('info', said('rights', String(notice.mayEdit), { may: notice.mayEdit ? 'edit' : 'view' }));
      break;
    case 'withdrawn':
      dashboard.toasts.show('warn', said('withdrawn', layout.revision));
      // What is unsaved is nowhere else: it stays on the screen, and the banner over it says what can be done.
      if (!open.session.state.dirty) dashboard.leave(id);
      break;
    case 'deleted':
      // The banner over the layout says what can be done about it.
      dashboard.toasts.show('warn', said('deleted', layout.revision));
      break;
    case 'refused':
      dashboard.toasts.show('bad', notice.problem.message);
      break;
  }
}

/** The words of a toast, which is kept among the notifications as well. */
function noteAndSay(dashboard: OpenDashboard, news: News & { kind: Told }): string {
  dashboard.notifications.note(news);
  return toldWords(news.kind, news.values);
}

function layoutChanged(dashboard: OpenDashboard, id: string, revision: number, deleted: boolean): void {
  const silently = (work: Promise<void>): void => void dashboard.attempt(work, undefined, 'silent');
  const open = dashboard.layout(id);
  if (open) silently(open.session.changed(revision, deleted));
  else dashboard.pinsAhead.layoutChanged(id);
  // A copy may have something to pull now.
  for (const copy of dashboard.layouts()) if (copy.session.state.layout.forkedFrom?.layout === id) silently(copy.session.refresh());
  // Whoever asks for it may have it now.
  const { place, accessRequests } = dashboard.store.getSnapshot();
  if (accessRequests.some(({ layout }) => layout === id)) watchAccessRequests(dashboard);
  // It is shared with whoever waits in front of it.
  if (place.kind === 'problem' && place.path === layoutPath(id) && !deleted) void dashboard.go(place.path, 'replace');
}

/** The titles are not in the event, and what is pinned is the same for whoever hears it late. */
async function pinChanged(dashboard: OpenDashboard, department: string): Promise<void> {
  const pin = await pinsOf(department);
  const { session, place, kiosk } = dashboard.store.getSnapshot();
  const before = session.departments.find(({ id }) => id === department);
  const [layout, layouts] = pin ? [pin.department.layout, pin.department.layouts] : [null, []];
  dashboard.store.patch({
    session: { ...session, departments: session.departments.map((one) => (one.id === department ? { ...one, layout, layouts } : one)) },
  });
  // What is pinned no more is from now on at its own address, so that the department's leads to what is.
  for (const open of dashboard.layouts()) {
    if (open.pin?.department.id !== department) continue;
    open.pin = pin?.pinned.some((one) => one.layout === open.id) ? { ...pin, layout: open.id } : null;
    dashboard.remember(open);
  }
  if (departmentOfPath(place.path) !== department) return;
  // It goes to the next one by itself, and its address stays the department's.
  if (kiosk && place.kind === 'layout') return;
  if (place.kind !== 'layout') return void dashboard.go(place.path, 'replace');
  dashboard.showOwnPath();
  if (layout === null || before?.layout === layout || place.open.id === layout) return;
  const title = before?.title ?? department;
  const said = noteAndSay(dashboard, { kind: 'pinned', topic: `pinned ${department}`, fact: layout, values: { department, title } });
  dashboard.toasts.show('info', said, {
    label: i18n.t('Show it'),
    run: () => void dashboard.go(departmentPath(department)),
  });
}

async function pinsOf(department: string): Promise<Pin | null> {
  try {
    return await ask(api.GET('/pins/{department}', { params: { path: { department } } }));
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.code === 'pin_unknown') return null;
    throw cause;
  }
}
