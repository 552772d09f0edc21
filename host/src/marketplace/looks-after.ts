import type { Session, WidgetSummary } from '@datamesh/contracts';

/** Whether somebody sees what becomes of a widget: its team, and administrators. */
export const looksAfter = (user: Session['user'], { publisher }: Pick<WidgetSummary, 'publisher'>): boolean =>
  user.roles.includes('admin') || user.teams.includes(publisher);
