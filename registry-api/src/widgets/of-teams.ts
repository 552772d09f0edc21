import type { WidgetStore } from './store';

const page = 200;

/** Names of the listed widgets that these teams publish. */
export async function widgetsOfTeams(widgets: WidgetStore, teams: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const publisher of teams) {
    let after: string | null = null;
    do {
      const { items, next } = await widgets.list({ words: [], category: null, publisher, after, limit: page });
      names.push(...items.map(({ name }) => name));
      after = next;
    } while (after !== null);
  }
  return names;
}
