/** Whether the dashboard is a kiosk stands in the address, so that a page that is loaded anew is one again. */
import { i18n } from '../../language/i18n';
import type { OpenDashboard } from '../open-dashboard';
import { departmentOfPath } from '../route';
import { kioskQuery, kioskWish, USUAL } from './interval';

export function startKiosk(dashboard: OpenDashboard): void {
  dashboard.store.patch({ kiosk: { interval: USUAL, department: departmentOf(dashboard) }, drawer: null, dialog: null });
  history.replaceState(null, '', `${location.pathname}${kioskQuery(USUAL)}`);
}

export function leaveKiosk(dashboard: OpenDashboard): void {
  dashboard.store.patch({ kiosk: null });
  history.replaceState(null, '', location.pathname);
}

/** As the address says. What it asks for in vain is said once: a page that is loaded anew asks for what it got. */
export function followKioskQuery(dashboard: OpenDashboard): void {
  const wish = kioskWish(location.search);
  dashboard.store.patch({ kiosk: wish && { interval: wish.interval, department: departmentOf(dashboard) } });
  if (!wish || wish.refused === null) return;
  history.replaceState(null, '', `${location.pathname}${kioskQuery(wish.interval)}`);
  dashboard.toasts.show(
    'warn',
    i18n.t('“{given}” is no time for a kiosk, which takes 5s to 1h, such as ?kiosk=45s. Each layout is shown for 30 seconds.', {
      given: wish.refused.slice(0, 40),
    }),
  );
}

const departmentOf = ({ active }: OpenDashboard): string | null =>
  active?.pin?.department.id ?? departmentOfPath(location.pathname) ?? null;
