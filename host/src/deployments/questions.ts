import type { LeaseView, WidgetDetail } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { useLive } from '../pages/use-live';

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

export const useRunning = (controller: DashboardController, name: string) =>
  useLive(controller, name, ['widget', 'deployments'], () => running(name));

export const useHistory = (controller: DashboardController, name: string, limit: number) =>
  useLive(
    controller,
    name,
    ['widget', 'deployments'],
    () => ask(api.GET('/widgets/{name}/history', { params: { path: { name }, query: { limit } } })),
    String(limit),
  );

export const useOpenDashboards = (controller: DashboardController, name: string) =>
  useLive(controller, name, ['open-dashboards'], async () => (await ask(api.GET('/widgets/{name}/open-dashboards', byName(name)))).items);
