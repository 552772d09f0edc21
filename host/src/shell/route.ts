export type Route =
  | { kind: 'home' }
  | { kind: 'department'; department: string }
  | { kind: 'layout'; layout: string }
  /** `widget`: of one; null: of all that one looks after. */
  | { kind: 'deployments'; widget: string | null }
  /** Every layout one may see. */
  | { kind: 'library' }
  | { kind: 'unknown' };

const SLUG = /^[a-z][a-z0-9-]{0,49}$/;
const WIDGET = /^[a-z][a-z0-9-]{2,49}$/;
const LAYOUT = /^[a-z0-9-]{8,40}$/;

export function routeOf(path: string): Route {
  const [room, name, ...rest] = path.split('/').filter(Boolean);
  if (room === undefined) return { kind: 'home' };
  if (rest.length > 0) return { kind: 'unknown' };
  if (room === 'deployments' && (name === undefined || WIDGET.test(name))) return { kind: 'deployments', widget: name ?? null };
  if (room === 'layouts' && name === undefined) return { kind: 'library' };
  if (name === undefined) return { kind: 'unknown' };
  if (room === 'd' && SLUG.test(name)) return { kind: 'department', department: name };
  if (room === 'l' && LAYOUT.test(name)) return { kind: 'layout', layout: name };
  return { kind: 'unknown' };
}

export const layoutPath = (id: string): string => `/l/${id}`;
export const libraryPath = (): string => '/layouts';
export const deploymentsPath = (widget?: string): string => (widget === undefined ? '/deployments' : `/deployments/${widget}`);
export const departmentPath = (id: string): string => `/d/${id}`;
