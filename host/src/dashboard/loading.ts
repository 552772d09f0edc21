import type { LayoutAnswer, Pin, Session } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { layoutCalls } from '../layouts/layout-calls';
import { readTabs } from '../layouts/open-tabs';
import { type AdminSection, adminSections, departmentPath, libraryPath, pathOfLayout, pinPath, type Route, routeOf } from './route';
import { readLastShown, readStartPage } from './start-page';

/** What a path shows. */
export type Place =
  | { kind: 'layout'; path: string; answer: LayoutAnswer; pin: Pin | null }
  | { kind: 'unpinned'; path: string; department: string }
  | { kind: 'no-department'; path: string }
  | { kind: 'deployments'; path: string; widget: string | null }
  | { kind: 'marketplace'; path: string; widget: string | null }
  | { kind: 'library'; path: string }
  | { kind: 'preferences'; path: string }
  | { kind: 'administration'; path: string; section: AdminSection }
  | { kind: 'department-page'; path: string; department: string }
  | { kind: 'problem'; path: string; problem: ApiProblem };

/** Whether there are widgets that somebody looks after: their teams', for administrators all. */
export const looksAfterWidgets = ({ user }: Session): boolean => user.roles.includes('admin') || user.teams.length > 0;

export const isPowerUser = ({ user }: Session): boolean => user.roles.includes('power-user') || user.roles.includes('admin');

export const isAdmin = ({ user }: Session): boolean => user.roles.includes('admin');

/** Whether somebody could make a token: to publish for a team, or to keep the layouts of a department. */
export const mayMakeToken = ({ user: { roles, teams, departments } }: Session): boolean =>
  roles.includes('admin') || (roles.includes('publisher') && teams.length > 0) || (roles.includes('power-user') && departments.length > 0);

/** Sections of the administration that somebody sees: whoever publishes, or keeps a department's layouts, has tokens. */
export function adminSectionsOf(session: Session): readonly AdminSection[] {
  if (isAdmin(session)) return adminSections;
  const { roles } = session.user;
  return roles.includes('publisher') || roles.includes('power-user') ? ['tokens'] : [];
}

/** Whether somebody says what a department opens. */
export const mayPin = (session: Session, department: string): boolean =>
  isAdmin(session) || (session.user.roles.includes('power-user') && session.user.departments.includes(department));

const session = (): Promise<Session> => ask(api.GET('/session'));

/** The first page: session and layout in one round trip wherever the path says which layout. Throws when nobody is signed in, or nobody answers. */
export async function loadFirst(path: string): Promise<{ session: Session; place: Place }> {
  const route = routeOf(path);
  if (route.kind === 'department') {
    const place = await loadDepartment(route.department, route.layout);
    const known = place.kind === 'layout' ? place.pin?.session : undefined;
    return { session: known ?? (await session()), place };
  }
  if (route.kind === 'layout') {
    const [who, place] = await Promise.all([session(), loadLayout(path, route.layout)]);
    return { session: who, place };
  }
  const who = await session();
  return { session: who, place: await loadPlaceFor(who, path) };
}

/** What to show somebody at a path: at `/` their own start page. */
export const loadPlaceFor = (who: Session, path: string): Promise<Place> =>
  routeOf(path).kind === 'home' ? loadHome(who) : loadPlace(path);

/** Where `/` leads: what was chosen (the last layout, for a power user who has chosen nothing), while it can be seen, else the department's. */
async function loadHome(who: Session): Promise<Place> {
  const department = departmentHome(who);
  const start = startPath(who) ?? department;
  if (start === department) return loadPlace(department);
  const place = await loadPlace(start);
  return place.kind === 'problem' ? loadPlace(department) : place;
}

function startPath(who: Session): string | undefined {
  const start = readStartPage(who.user.id, localStorage) ?? usualStart(who);
  switch (start.kind) {
    case 'last':
      return lastLayout(who);
    case 'department':
      return undefined;
    case 'library':
      return libraryPath();
    case 'layout':
      return pathOfLayout(who.departments, start.layout);
  }
}

/** For whoever has chosen nothing. */
export const usualStart = (who: Session): { kind: 'last' | 'department' } => ({ kind: isPowerUser(who) ? 'last' : 'department' });

function lastLayout(who: Session): string | undefined {
  if (!isPowerUser(who)) return readLastShown(who.user.id, localStorage);
  const { tabs, active } = readTabs(who.user.id, localStorage);
  return (tabs.find(({ id }) => id === active) ?? tabs[0])?.path;
}

function departmentHome({ user, departments }: Session): string {
  const own = user.departments.find((id) => departments.some((department) => department.id === id)) ?? departments[0]?.id;
  return own ? departmentPath(own) : '/';
}

/** What to show at a path, for somebody who is signed in. Problems that stay are places too; those that pass are thrown, as is 401. */
export function loadPlace(path: string): Promise<Place> {
  const route: Route = routeOf(path);
  switch (route.kind) {
    case 'department':
      return loadDepartment(route.department, route.layout);
    case 'layout':
      return loadLayout(path, route.layout);
    case 'deployments':
      return Promise.resolve({ kind: 'deployments', path, widget: route.widget });
    case 'marketplace':
      return Promise.resolve({ kind: 'marketplace', path, widget: route.widget });
    case 'library':
    case 'preferences':
      return Promise.resolve({ kind: route.kind, path });
    case 'administration':
      return Promise.resolve({ kind: 'administration', path, section: route.section });
    case 'department-page':
      return Promise.resolve({ kind: 'department-page', path, department: route.department });
    case 'home':
      return Promise.resolve({ kind: 'no-department', path });
    case 'unknown':
      return Promise.resolve({
        kind: 'problem',
        path,
        problem: new ApiProblem({
          status: 404,
          code: 'page_unknown',
          title: i18n.t('No such page'),
          detail: i18n.t('There is nothing at {path}.', { path }),
        }),
      });
  }
}

/** `layout`: which of those that it pins; its home where that one is pinned no more. */
async function loadDepartment(department: string, layout?: string): Promise<Place> {
  const path = layout === undefined ? departmentPath(department) : `${departmentPath(department)}/${layout}`;
  try {
    const query = { include: 'layout,resolution', ...(layout === undefined ? {} : { layout }) };
    const pin = await ask(api.GET('/pins/{department}', { params: { path: { department }, query } }));
    if (pin.answer) return { kind: 'layout', path: pinPath(pin.department, pin.layout), answer: pin.answer, pin };
    return await loadLayout(path, pin.layout);
  } catch (problem) {
    if (!stays(problem)) throw problem;
    if (problem.code === 'layout_not_pinned') return loadDepartment(department);
    if (problem.code === 'pin_unknown') return { kind: 'unpinned', path, department };
    return { kind: 'problem', path, problem };
  }
}

async function loadLayout(path: string, layout: string): Promise<Place> {
  try {
    return { kind: 'layout', path, answer: await layoutCalls.load(layout), pin: null };
  } catch (problem) {
    if (!stays(problem)) throw problem;
    return { kind: 'problem', path, problem };
  }
}

const stays = (problem: unknown): problem is ApiProblem => problem instanceof ApiProblem && problem.status !== 401 && !problem.isTemporary;
