import type { Desk } from '../shell/desk';

/** What each section of the administration gets. */
export interface SectionProps {
  desk: Desk;
}
