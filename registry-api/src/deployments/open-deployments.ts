/** The deployments room, put together: store, rules, routes, and the ticks that drop who fell silent. */
import type { Logger } from 'pino';
import type { AuditStore } from '../audit/store';
import type { Clock } from '../clock';
import type { Metrics } from '../http/metrics';
import type { Allowed } from '../identity/trusts/allowed';
import type { Storage } from '../storage/storage';
import type { WidgetStore } from '../widgets/store';
import type { ClusterChannels } from './active';
import { createDeployments, type Deployments } from './deployments';
import { openLeaseStore } from './open-store';
import { createDeploymentRoutes, type DeploymentRoutes } from './routes';
import { tickEvery } from './watch';

export interface DeploymentsRoomOptions {
  storage: Storage;
  widgets: WidgetStore;
  channels: ClusterChannels;
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
  let working: Promise<void> = Promise.resolve();

  /** One after the other, so that a slow store is not asked again before it has answered. */
  function regularly(task: string, every: number, work: () => Promise<void>): NodeJS.Timeout {
    let isBusy = false;
    return setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      const done = work()
        .catch((error: unknown) => {
          metrics.backgroundErrors.inc({ task });
          logger.warn({ err: error, task }, 'background work failed; it will be tried again');
        })
        .finally(() => {
          isBusy = false;
        });
      working = Promise.all([working, done]).then(() => {});
    }, every);
  }

  let timers: NodeJS.Timeout[] = [];
  return {
    routes: createDeploymentRoutes({ deployments, widgets, allowed, audit, settleAudit }),
    deployments,
    watch: () => {
      timers = [
        regularly('tick over leases', tickEvery, deployments.tick),
        regularly('sweep over channels', sweepEvery, deployments.sweep),
      ];
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await working;
    },
  };
}
