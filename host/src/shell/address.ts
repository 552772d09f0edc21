/** Where what is shown stands: in the address bar, and in the title of the browser's tab. */
import type { Place } from './loading';
import type { History } from './openDashboard';
import type { OpenLayout } from './openLayout';
import { layoutPath, pinPath } from './route';

const TITLES: Partial<Record<Place['kind'], string>> = {
  marketplace: 'Marketplace',
  deployments: 'Deployments',
  library: 'Layouts',
  administration: 'Administration',
  'department-page': 'Department',
};

export const titleOf = ({ kind }: Place): string => [TITLES[kind], 'Data Mesh'].filter(Boolean).join(' · ');

export const pathOf = ({ id, pin }: Pick<OpenLayout, 'id' | 'pin'>): string => (pin ? pinPath(pin.department, id) : layoutPath(id));

/** `query`: what stays with it, such as `?kiosk=30s`. */
export function navigate(path: string, history: History, query: string): void {
  if (history === 'stay' || location.pathname === path) return;
  if (history === 'push') window.history.pushState(null, '', path + query);
  else window.history.replaceState(null, '', path + query);
}
