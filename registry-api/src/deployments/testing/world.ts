/**
 * A simulated cluster against several registry processes over one store, under a seeded scheduler: whatever order the steps of concurrent
 * calls come in, is drawn from the seed. What browsers see is written down at every change.
 */
import type { Heartbeat } from '@datamesh/contracts';
import type { WidgetStore } from '../../widgets/store';
import type { WidgetRecord } from '../../widgets/widget';
import type { ClusterChannels } from '../active';
import { createDeployments, type Deployments } from '../deployments';
import { beatSeconds } from '../lease';
import type { LeaseStore } from '../store';
import { createMemoryLeases } from './memory-leases';
import { isProblem } from './problems';

export const WIDGET = 'series-chart';
export const CHANNEL = 'stable';
const by = { holder: 'issuer#chart', asking: { actor: 'workload:issuer#chart', from: null, requestId: 'r' } };

export interface SimulatedPod {
  uid: string;
  revision: number;
  ready: boolean;
  draining: boolean;
  /** false: killed, and nobody says goodbye. */
  beats: boolean;
  lease: string;
  /** Virtual time of the last heartbeat that was answered; null: never. */
  heardAt: number | null;
}

/** Small, fast, and the same everywhere: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class World {
  now = 100_000_000;
  /** What comes before is nobody's silence. */
  listeningSince = this.now;
  pods: SimulatedPod[] = [];
  seen: (string | null)[] = [null];
  /** Calls of any store fail while it is away. */
  storeAway = false;
  readonly processes: Deployments[];
  readonly store: LeaseStore = createMemoryLeases();
  #widget: WidgetRecord;
  #waiting: (() => void)[] = [];
  #leases = 0;

  constructor(
    readonly random: () => number,
    versions: readonly string[],
    processes = 2,
  ) {
    this.#widget = {
      name: WIDGET,
      owner: 'markets-data',
      revision: 1,
      channels: {},
      versions: versions.map((version) => ({
        version,
        digest: version,
        publishedAt: '',
        publishedBy: '',
        bytes: 1,
        deprecated: null,
        yanked: null,
      })),
      listing: {
        listed: true,
        version: versions[0] ?? '',
        title: '',
        description: '',
        publisher: '',
        categories: [],
        icon: null,
        screenshots: [],
        size: null,
        deprecated: false,
      },
    };
    const options = {
      leases: this.#scheduled(this.store),
      widgets: this.#widgets(),
      channels: this.#channels(),
      changed: () => {},
      clock: () => this.now,
    };
    this.processes = Array.from({ length: processes }, () => createDeployments(options));
  }

  get visible(): string | null {
    return this.seen.at(-1) ?? null;
  }

  get owner() {
    return this.#widget.owners?.[CHANNEL] ?? null;
  }

  newLease(): string {
    this.#leases += 1;
    return `lease-${this.#leases}`;
  }

  process(): Deployments {
    return this.processes[Math.floor(this.random() * this.processes.length)] as Deployments;
  }

  /** A heartbeat as the sidecar sends it, with another lease where its own has ended. */
  async beat(pod: SimulatedPod): Promise<void> {
    const body: Heartbeat = {
      widget: WIDGET,
      version: `${pod.revision}.0.0`,
      channel: CHANNEL,
      deployment: { uid: 'd', name: WIDGET, namespace: 'markets', cluster: null },
      revision: pod.revision,
      pod: { uid: pod.uid, name: pod.uid },
      ready: pod.ready,
      draining: pod.draining,
    };
    try {
      await this.process().heartbeat(pod.lease, body, by);
      pod.heardAt = this.now;
    } catch (error) {
      if (isProblem(error, 'lease_gone')) pod.lease = this.newLease();
      else if (!(error instanceof StoreAway)) throw error;
    }
  }

  async goodbye(lease: string): Promise<void> {
    await this.process().end(lease, by).catch(ignoreStoreAway);
  }

  async tick(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.tick().catch(ignoreStoreAway)));
  }

  /** Lets calls that were begun end, one step of one of them at a time. */
  async run(calls: readonly Promise<unknown>[]): Promise<void> {
    let left = calls.length;
    const ends = calls.map((each) =>
      each.finally(() => {
        left -= 1;
      }),
    );
    const failed = Promise.all(ends);
    failed.catch(() => {});
    while (left > 0) {
      // Everything that can go on without a store does so first.
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = this.#waiting.splice(Math.floor(this.random() * this.#waiting.length), 1);
      next?.();
    }
    await failed;
  }

  /** So many milliseconds pass, with heartbeats and ticks when they are due. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.now + milliseconds;
    while (this.now < until) {
      this.now = Math.min(until, this.now + beatSeconds * 1000);
      await this.round();
    }
  }

  /** Every pod beats and every process ticks, at once. */
  async round(): Promise<void> {
    await this.run([...this.pods.filter(({ beats }) => beats).map((pod) => this.beat(pod)), this.tick()]);
  }

  /** Nobody listens for so many milliseconds; or, what looks the same from here, every clock jumps. */
  async outage(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    this.listeningSince = this.now;
    await this.round();
  }

  #scheduled<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          await new Promise<void>((go) => this.#waiting.push(go));
          if (this.storeAway) throw new StoreAway();
          return method(...args);
        };
      },
    });
  }

  #widgets(): WidgetStore {
    const find = async (name: string) => (name === WIDGET ? { ...this.#widget } : null);
    return this.#scheduled({ find }) as unknown as WidgetStore;
  }

  /** As the widgets room does it: read, decide, compare and set. */
  #channels(): ClusterChannels {
    const widgets = this.#widgets();
    return {
      follow: async (name, channel, next) => {
        for (;;) {
          const before = await widgets.find(name);
          if (!before) throw new Error('the widget is gone');
          const decision = await next(before);
          const owner = before.owners?.[channel];
          if (!decision || (owner?.revision === decision.revision && owner.uid === decision.deployment.uid)) return false;
          if (this.storeAway) throw new StoreAway();
          if (this.#widget.revision !== before.revision) continue;
          const { deployment, revision, version } = decision;
          const history = [version, ...(before.channels[channel] ?? [])];
          this.#widget = {
            ...before,
            revision: before.revision + 1,
            channels: { [channel]: history },
            owners: { [channel]: { ...deployment, revision, version, at: '' } },
          };
          this.seen.push(version);
          return true;
        }
      },
    };
  }
}

export class StoreAway extends Error {}

function ignoreStoreAway(error: unknown): void {
  if (!(error instanceof StoreAway)) throw error;
}
