import type { DashboardController } from '../dashboard/dashboard-controller';

/** What each section of the administration gets. */
export interface SectionProps {
  controller: DashboardController;
}
