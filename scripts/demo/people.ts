/** Whom the embedded development issuer lets in (registry-api/src/identity holds the claims); shown after a start. */
interface Person {
  id: string;
  name: string;
  role: string;
  departments: string[];
  teams: string[];
}

export const PEOPLE: readonly Person[] = [
  { id: 'casey', name: 'Casey Brooks', role: 'viewer', departments: ['sales'], teams: [] },
  { id: 'alex', name: 'Alex Lin', role: 'power user', departments: ['sales'], teams: [] },
  { id: 'robin', name: 'Robin Okafor', role: 'publisher', departments: ['operations'], teams: ['markets-data', 'platform'] },
  { id: 'dana', name: 'Dana Petrova', role: 'admin', departments: ['sales', 'operations'], teams: [] },
];

export const DEPARTMENTS = [
  { id: 'sales', title: 'Sales' },
  { id: 'operations', title: 'Operations' },
] as const;
