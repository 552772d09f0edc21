import type { LeaseView, WidgetDetail } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import { useLive } from '../pages/useLive';
import type { Desk } from '../shell/desk';

const byName = (name: string) => ({ params: { path: { name } } });

/** A widget with its channels, and the pods that run of it: each without the other says little, so they come together. */
export interface Running {
  detail: WidgetDetail;
  leases: LeaseView[];
}

const running = async (name: string): Promise<Running> => {
  const [detail, { items }] = await Promise.all([
    ask(api.GET('/widgets/{name}', byName(name))),
    ask(api.GET('/deployments', { params: { query: { widget: name } } })),
  ]);
  return { detail, leases: items };
};

export const useRunning = (desk: Desk, name: string) => useLive(desk, name, ['widget', 'deployments'], () => running(name));

export const useHistory = (desk: Desk, name: string, limit: number) =>
  useLive(
    desk,
    name,
    ['widget', 'deployments'],
    () => ask(api.GET('/widgets/{name}/history', { params: { path: { name }, query: { limit } } })),
    String(limit),
  );

export const useOpenDashboards = (desk: Desk, name: string) =>
  useLive(desk, name, ['open-dashboards'], async () => (await ask(api.GET('/widgets/{name}/open-dashboards', byName(name)))).items);
