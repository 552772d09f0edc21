import type { User } from '@datamesh/contracts';
import type { Language } from '@datamesh/service';

/** The demo company's people. They have no passwords, which is why their issuer runs on this machine only. */
export const people: readonly (User & { roleLine: Record<Language, string> })[] = [
  {
    id: 'casey',
    name: 'Casey Brooks',
    roles: ['viewer'],
    departments: ['sales'],
    teams: [],
    roleLine: { en: 'Viewer in Sales', de: 'Liest im Vertrieb mit' },
  },
  {
    id: 'alex',
    name: 'Alex Lin',
    roles: ['power-user'],
    departments: ['sales'],
    teams: [],
    roleLine: { en: 'Power user in Sales', de: 'Power-User im Vertrieb' },
  },
  {
    id: 'robin',
    name: 'Robin Okafor',
    roles: ['publisher'],
    departments: ['operations'],
    teams: ['markets-data', 'platform'],
    roleLine: {
      en: 'Publisher in Operations, teams markets-data and platform',
      de: 'Veröffentlicht im Betrieb, Teams markets-data und platform',
    },
  },
  {
    id: 'dana',
    name: 'Dana Petrova',
    roles: ['admin'],
    departments: ['sales', 'operations'],
    teams: [],
    roleLine: { en: 'Admin, Sales and Operations', de: 'Administration, Vertrieb und Betrieb' },
  },
];

export const personOf = (id: string): (typeof people)[number] | undefined => people.find((person) => person.id === id);
