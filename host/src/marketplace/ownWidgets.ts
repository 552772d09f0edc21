import type { Session, WidgetSummary } from '@datamesh/contracts';
import { api, ask } from '../api/client';

/** The widgets that somebody looks after: their teams', for administrators all. */
export async function widgetsOf({ user }: Session): Promise<WidgetSummary[]> {
  const publishers = user.roles.includes('admin') ? [undefined] : user.teams;
  return (await Promise.all(publishers.map(published))).flat();
}

async function published(publisher: string | undefined): Promise<WidgetSummary[]> {
  const items: WidgetSummary[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 200, ...(publisher ? { publisher } : {}), ...(cursor ? { cursor } : {}) };
    const page: { items: WidgetSummary[]; next: string | null } = await ask(api.GET('/widgets', { params: { query } }));
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}
