/** The demo company: two departments, each with a pinned layout. Made once; what people change afterwards is theirs. */

import { layouts } from './layouts.mjs';
import { DEPARTMENTS, PEOPLE } from './people.mjs';

const OWNER = 'user:system';

/** -> the departments that were set up now. */
export async function createCompany(call) {
  const made = [];
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
async function layoutFor(call, department) {
  const content = layouts[department];
  const { body: listed } = await call('GET', '/layouts?scope=all&limit=200');
  const before = listed.items.find(({ owner, title }) => owner === OWNER && title === content.title);
  return before?.id ?? (await call('POST', '/layouts', content)).body.id;
}

/** Lines of a table: who can sign in, and what each may do. */
export function peopleTable() {
  const rows = PEOPLE.map(({ name, role, departments, teams }) => [name, role, departments.join(', '), teams.join(', ')]);
  const all = [['sign in as', 'role', 'departments', 'teams'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('   ')}`.trimEnd());
}
