/** The demo company: two departments, each with a pinned layout. Made once; what people change afterwards is theirs. */

import type { Layout, LayoutSummary } from '@datamesh/contracts';
import { layouts } from './layouts.ts';
import { DEPARTMENTS, PEOPLE } from './people.ts';
import type { Call } from './registry.ts';

const OWNER = 'user:system';

/** -> the departments that were set up now. */
export async function createCompany(call: Call): Promise<string[]> {
  const made: string[] = [];
  for (const department of DEPARTMENTS) {
    const pin = await call('GET', `/pins/${department.id}`, undefined, [404]);
    if (pin.status !== 404) continue;
    await call('PUT', `/departments/${department.id}`, { title: department.title });
    const layout = await layoutFor(call, department.id);
    await call('PUT', `/pins/${department.id}`, { layout });
    made.push(department.title);
  }
  return made;
}

/** A start that was stopped between layout and pin left the layout behind: use that one. */
async function layoutFor(call: Call, department: keyof typeof layouts): Promise<string> {
  const content = layouts[department];
  const { body: listed } = await call<{ items: LayoutSummary[] }>('GET', '/layouts?scope=all&limit=200');
  const before = listed.items.find(({ owner, title }) => owner === OWNER && title === content.title);
  return before?.id ?? (await call<Layout>('POST', '/layouts', content)).body.id;
}

/** Lines of a table: who can sign in, and what each may do. */
export function peopleTable(): string[] {
  const rows = PEOPLE.map(({ name, role, departments, teams }) => [name, role, departments.join(', '), teams.join(', ')]);
  const head = ['sign in as', 'role', 'departments', 'teams'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd());
}
