import type { Session, WidgetSummary } from '@datamesh/contracts';
import { everyWidget } from './catalogue';

/** The widgets that somebody looks after: their teams', for administrators all. */
export async function widgetsOf({ user }: Session): Promise<WidgetSummary[]> {
  if (user.roles.includes('admin')) return everyWidget();
  return (await Promise.all(user.teams.map((publisher) => everyWidget({ publisher })))).flat();
}
