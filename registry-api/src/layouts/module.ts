/** The layouts room, put together. */
import type { Department } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import type { Caller } from '../http/caller';
import { type AccessRequestRoutes, createAccessRequestRoutes } from './access-requests/routes';
import { type BinRoutes, createBinRoutes } from './bin/routes';
import type { LayoutsContext } from './context';
import { createPinRoutes, type PinRoutes } from './departments/pinning';
import { createDepartmentRoutes, type DepartmentRoutes, departmentsOf } from './departments/routes';
import { createHoldingRoute } from './holding/routes';
import { createMarkRoutes, type MarkRoutes } from './marks/routes';
import { createPersonalRoutes, type PersonalRoutes } from './personal/routes';
import { createPresenceRoutes, type PresenceRoutes } from './presence/presence';
import { createRevisionRoutes, type RevisionRoutes } from './revisions';
import { createLayoutRoutes, type LayoutRoutes } from './routes';
import { createSharingRoutes, type SharingRoutes } from './sharing-routes';
import { createTitlesRoute } from './titles';
import { createUpstreamRoutes, type UpstreamRoutes } from './upstream';

export interface Layouts {
  layouts: LayoutRoutes;
  bin: BinRoutes;
  marks: MarkRoutes;
  revisions: RevisionRoutes;
  sharing: SharingRoutes;
  accessRequests: AccessRequestRoutes;
  upstream: UpstreamRoutes;
  presence: PresenceRoutes;
  titles: RequestHandler;
  holding: RequestHandler;
  personal: PersonalRoutes;
  departments: DepartmentRoutes;
  pins: PinRoutes;
  /** What GET /session says about departments. */
  departmentsOf(caller: Caller): Promise<Department[]>;
}

export const openLayouts = (context: LayoutsContext): Layouts => ({
  layouts: createLayoutRoutes(context),
  bin: createBinRoutes(context),
  marks: createMarkRoutes(context),
  revisions: createRevisionRoutes(context),
  sharing: createSharingRoutes(context),
  accessRequests: createAccessRequestRoutes(context),
  upstream: createUpstreamRoutes(context),
  presence: createPresenceRoutes(context),
  titles: createTitlesRoute(context),
  holding: createHoldingRoute(context),
  personal: createPersonalRoutes(context),
  departments: createDepartmentRoutes(context),
  pins: createPinRoutes(context),
  departmentsOf: (caller) => departmentsOf(context, caller),
});
