import type { User } from '@datamesh/contracts';

/** The demo company's people. They have no passwords, which is why their issuer runs on this machine only. */
export const people: readonly (User & { roleLine: string })[] = [
  { id: 'casey', name: 'Casey Brooks', roles: ['viewer'], departments: ['sales'], teams: [], roleLine: 'Viewer in Sales' },
  { id: 'alex', name: 'Alex Lin', roles: ['power-user'], departments: ['sales'], teams: [], roleLine: 'Power user in Sales' },
  {
    id: 'robin',
    name: 'Robin Okafor',
    roles: ['publisher'],
    departments: ['operations'],
    teams: ['markets-data', 'platform'],
    roleLine: 'Publisher in Operations, teams markets-data and platform',
  },
  {
    id: 'dana',
    name: 'Dana Petrova',
    roles: ['admin'],
    departments: ['sales', 'operations'],
    teams: [],
    roleLine: 'Admin, Sales and Operations',
  },
];

export const personOf = (id: string): (typeof people)[number] | undefined => people.find((person) => person.id === id);
