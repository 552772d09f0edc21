/** Where what is shown stands: in the address bar, and in the title of the browser's tab. */
import { i18n } from '../language/i18n';
import type { Place } from './loading';
import type { History } from './open-dashboard';
import type { OpenLayout } from './open-layout';
import { layoutPath, pinPath } from './route';

const titles = (): Partial<Record<Place['kind'], string>> => ({
  marketplace: i18n.t('Marketplace'),
  deployments: i18n.t('Deployments'),
  library: i18n.t('Layouts'),
  preferences: i18n.t('Preferences'),
  administration: i18n.t('Administration'),
  'department-page': i18n.t('Department'),
});

export const titleOf = ({ kind }: Place): string => [titles()[kind], 'Data Mesh'].filter(Boolean).join(' · ');

export const pathOf = ({ id, pin }: Pick<OpenLayout, 'id' | 'pin'>): string => (pin ? pinPath(pin.department, id) : layoutPath(id));

/** `query`: what stays with it, such as `?kiosk=30s`. */
export function navigate(path: string, history: History, query: string): void {
  if (history === 'stay') return;
  // A page that keeps what was asked of it in its address begins anew when somebody goes there; what arrives there by itself leaves it.
  if (location.pathname === path && (history === 'replace' || location.search === query)) return;
  if (history === 'push') window.history.pushState(null, '', path + query);
  else window.history.replaceState(null, '', path + query);
}
