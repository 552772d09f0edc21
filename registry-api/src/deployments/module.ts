/** The deployments room, put together: store, rules, routes, and the ticks that drop who fell silent. */
import type { Logger } from 'pino';
import type { AuditStore } from '../audit/store';
import type { Clock } from '../clock';
import type { Metrics } from '../http/metrics';
import type { Allowed } from '../identity/trusts/allowed';
import { createRecurring } from '../recurring';
import type { Storage } from '../storage/storage';
import type { Following } from '../widgets/following';
import type { WidgetStore } from '../widgets/store';
import { createDeployments, type Deployments } from './deployments';
import { openLeaseStore } from './open-store';
import { createDeploymentRoutes, type DeploymentRoutes } from './routes';
import { tickEvery } from './watch';

export interface DeploymentsRoomOptions {
  storage: Storage;
  widgets: WidgetStore;
  channels: Following;
  allowed: Allowed;
  audit: Pick<AuditStore, 'about'>;
  /** Everything that was written before is in the audit log when this returns. */
  settleAudit(): Promise<void>;
  /** What runs of a widget is not what it was. */
  changed(widget: string): void;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}

export interface DeploymentsRoom {
  routes: DeploymentRoutes;
  deployments: Deployments;
  /** Begins the work in the background: once every room is open, for a start that fails closes the store. */
  watch(): void;
  stop(): Promise<void>;
}

/** Milliseconds. Moves follow from heartbeats and ticks; this finds what a crash between the two left behind. */
const sweepEvery = 30_000;

export async function openDeployments(options: DeploymentsRoomOptions): Promise<DeploymentsRoom> {
  const { storage, widgets, channels, allowed, audit, settleAudit, changed, clock, logger, metrics } = options;
  const leases = await openLeaseStore(storage);
  const deployments = createDeployments({ leases, widgets, channels, changed, clock });
  const failed = 'background work failed; it will be tried again';
  const recurring = [
    createRecurring({ task: 'tick over leases', failed, every: tickEvery, work: deployments.tick, logger, metrics }),
    createRecurring({ task: 'sweep over channels', failed, every: sweepEvery, work: deployments.sweep, logger, metrics }),
  ];
  return {
    routes: createDeploymentRoutes({ deployments, widgets, channels, allowed, audit, settleAudit, clock }),
    deployments,
    watch: () => {
      for (const one of recurring) one.watch();
    },
    stop: async () => {
      await Promise.all(recurring.map((one) => one.stop()));
    },
  };
}
