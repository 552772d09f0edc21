/** The layouts room, put together. */
import type { Department } from '@datamesh/contracts';
import type { Caller } from '../http/caller';
import type { LayoutsContext } from './context';
import { createDepartmentRoutes, type DepartmentRoutes, departmentsOf } from './departments/routes';
import { createPersonalRoutes, type PersonalRoutes } from './personal/routes';
import { createLayoutRoutes, type LayoutRoutes } from './routes';

export interface Layouts {
  layouts: LayoutRoutes;
  personal: PersonalRoutes;
  departments: DepartmentRoutes;
  /** What GET /session says about departments. */
  departmentsOf(caller: Caller): Promise<Department[]>;
}

export const openLayouts = (context: LayoutsContext): Layouts => ({
  layouts: createLayoutRoutes(context),
  personal: createPersonalRoutes(context),
  departments: createDepartmentRoutes(context),
  departmentsOf: (caller) => departmentsOf(context, caller),
});
