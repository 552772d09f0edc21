/** The layouts room, put together. */
import type { Department } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import type { Caller } from '../http/caller';
import type { LayoutsContext } from './context';
import { createDepartmentRoutes, type DepartmentRoutes, departmentsOf } from './departments/routes';
import { createPersonalRoutes, type PersonalRoutes } from './personal/routes';
import { createLayoutRoutes, type LayoutRoutes } from './routes';
import { createTitlesRoute } from './titles';

export interface Layouts {
  layouts: LayoutRoutes;
  titles: RequestHandler;
  personal: PersonalRoutes;
  departments: DepartmentRoutes;
  /** What GET /session says about departments. */
  departmentsOf(caller: Caller): Promise<Department[]>;
}

export const openLayouts = (context: LayoutsContext): Layouts => ({
  layouts: createLayoutRoutes(context),
  titles: createTitlesRoute(context),
  personal: createPersonalRoutes(context),
  departments: createDepartmentRoutes(context),
  departmentsOf: (caller) => departmentsOf(context, caller),
});
