import type { DashboardController } from '../shell/dashboardController';

/** What each section of the administration gets. */
export interface SectionProps {
  controller: DashboardController;
}
