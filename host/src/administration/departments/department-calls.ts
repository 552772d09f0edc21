import type { Department, LayoutTitles, Pin } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import { ApiProblem } from '../../api/problem';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { titlesOf } from '../layout-titles';

export interface ListedDepartment extends Department {
  /** Of what it opens first; null where there is nothing, or nothing that the asker may see. */
  layoutTitle: string | null;
}

/** As the page knows them from now on: its menu of departments lists the same. */
async function departments(controller: DashboardController): Promise<Department[]> {
  const { items } = await ask(api.GET('/departments'));
  controller.store.patch({ session: { ...controller.store.getSnapshot().session, departments: items } });
  return items;
}

export async function listDepartments(controller: DashboardController): Promise<ListedDepartment[]> {
  const items = await departments(controller);
  const titles = await titlesOf(items.flatMap(({ layout }) => layout ?? []));
  return items.map((one) => ({ ...one, layoutTitle: titles.get(one.layout ?? '')?.title ?? null }));
}

export interface DepartmentOverview {
  department: Department;
  /** What it pins, by id, where the asker may see it. */
  layouts: ReadonlyMap<string, LayoutTitles>;
}

/** Throws 404 `department_unknown`. */
export async function departmentOverview(controller: DashboardController, id: string): Promise<DepartmentOverview> {
  const department = (await departments(controller)).find((one) => one.id === id);
  if (!department)
    throw new ApiProblem({
      status: 404,
      code: 'department_unknown',
      title: i18n.t('No such department'),
      detail: i18n.t('There is no department “{department}”.', { department: id }),
    });
  return { department, layouts: await titlesOf(department.layouts) };
}

export const putDepartment = (department: string, title: string): Promise<Department> =>
  ask(api.PUT('/departments/{department}', { params: { path: { department } }, body: { title } }));

/** Where it stands among what the department pins: before another one, last (null), or where it is. */
export interface PinPlace {
  before?: string | null;
  home?: true;
}

export const pinLayout = (department: string, layout: string, place: PinPlace): Promise<Pin> =>
  ask(api.PUT('/pins/{department}/{layout}', { params: { path: { department, layout } }, body: place }));

export const unpinLayout = (department: string, layout: string): Promise<unknown> =>
  ask(api.DELETE('/pins/{department}/{layout}', { params: { path: { department, layout } } }));
