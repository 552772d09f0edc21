import type { Department } from '@datamesh/contracts';

export type Route =
  | { kind: 'home' }
  /** `layout`: another one than its home of those that it pins. */
  | { kind: 'department'; department: string; layout?: string }
  | { kind: 'layout'; layout: string }
  /** `widget`: of one; null: of all that one looks after. */
  | { kind: 'deployments'; widget: string | null }
  /** What administrators look after, a section at a time. */
  | { kind: 'administration'; section: AdminSection }
  /** What a department opens, and what becomes of it, for those who may say so. */
  | { kind: 'department-page'; department: string }
  /** Every widget; `widget`: one of them. */
  | { kind: 'marketplace'; widget: string | null }
  /** Every layout one may see. */
  | { kind: 'library' }
  /** How the dashboard is to be, on this browser. */
  | { kind: 'preferences' }
  | { kind: 'unknown' };

/** In the order in which they are offered; the first is where `/admin` leads. */
export const adminSections = ['departments', 'people', 'tokens', 'audit', 'settings'] as const;
export type AdminSection = (typeof adminSections)[number];

const SLUG = /^[a-z][a-z0-9-]{0,49}$/;
const WIDGET = /^[a-z][a-z0-9-]{2,49}$/;
const LAYOUT = /^[a-z0-9-]{8,40}$/;

export function routeOf(path: string): Route {
  const [room, name, ...rest] = (path.split('?')[0] ?? '').split('/').filter(Boolean);
  if (room === undefined) return { kind: 'home' };
  if (room === 'd' && name !== undefined && SLUG.test(name)) {
    const [layout, ...more] = rest;
    if (layout === undefined) return { kind: 'department', department: name };
    return more.length === 0 && LAYOUT.test(layout) ? { kind: 'department', department: name, layout } : { kind: 'unknown' };
  }
  if (rest.length > 0) return { kind: 'unknown' };
  if (room === 'deployments' && (name === undefined || WIDGET.test(name))) return { kind: 'deployments', widget: name ?? null };
  if (room === 'marketplace' && (name === undefined || WIDGET.test(name))) return { kind: 'marketplace', widget: name ?? null };
  if (room === 'layouts' && name === undefined) return { kind: 'library' };
  if (room === 'preferences' && name === undefined) return { kind: 'preferences' };
  if (room === 'admin') {
    const section = name === undefined ? adminSections[0] : adminSections.find((one) => one === name);
    return section ? { kind: 'administration', section } : { kind: 'unknown' };
  }
  if (name === undefined) return { kind: 'unknown' };
  if (room === 'departments' && SLUG.test(name)) return { kind: 'department-page', department: name };
  if (room === 'l' && LAYOUT.test(name)) return { kind: 'layout', layout: name };
  return { kind: 'unknown' };
}

export const layoutPath = (id: string): string => `/l/${id}`;
export const marketplacePath = (widget?: string): string => (widget === undefined ? '/marketplace' : `/marketplace/${widget}`);
/** `scope`: whose, as the library has it; all without. */
export const libraryPath = (scope?: string): string => (scope === undefined ? '/layouts' : `/layouts?scope=${scope}`);
export const preferencesPath = (): string => '/preferences';
export const deploymentsPath = (widget?: string): string => (widget === undefined ? '/deployments' : `/deployments/${widget}`);
export const adminPath = (section: AdminSection): string => `/admin/${section}`;
export const departmentPagePath = (id: string): string => `/departments/${id}`;
/** What the department opens first. */
export const departmentPath = (id: string): string => `/d/${id}`;
/** Where one of the layouts that a department pins is. */
export const pinPath = ({ id, layout: home }: Pick<Department, 'id' | 'layout'>, layout: string): string =>
  layout === home ? departmentPath(id) : `${departmentPath(id)}/${layout}`;
/** Where a layout is: with the first department that pins it, else at an address of its own. */
export function pathOfLayout(departments: readonly Department[], layout: string): string {
  const department = departments.find(({ layouts }) => layouts.includes(layout));
  return department ? pinPath(department, layout) : layoutPath(layout);
}
/** Which department's layouts a path shows. */
export function departmentOfPath(path: string): string | undefined {
  const route = routeOf(path);
  return route.kind === 'department' ? route.department : undefined;
}
