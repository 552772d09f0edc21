import type { ServiceSettings } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import { figures } from '../../api/figures';

/** The services whose settings are shown, as they answer themselves. */
export const services: Record<ServiceSettings['service'], () => Promise<ServiceSettings>> = {
  'registry-api': () => ask(api.GET('/settings')),
  tracker: () => ask(figures.GET('/settings')),
};
