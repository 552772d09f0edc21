import type { DashboardController } from '../dashboard/dashboardController';

/** What each section of the administration gets. */
export interface SectionProps {
  controller: DashboardController;
}
