/**
 * Thousands of seeded worlds: a Deployment controller rolls out and back, pods crash, restart and say goodbye late, the registry and its
 * store go away, clocks jump; two processes of the registry hear it in every order. What browsers see must be the model's, always.
 * SEED=n runs one world; SEEDS=n that many.
 */
import { describe, expect, it } from 'vitest';
import { droppedAfter, unhealthyAfter } from './lease';
import { randomOf, type SimulatedPod, World } from './testing/world';

const SEEDS = Number(process.env['SEEDS'] ?? 10_000);
const REVISIONS = 12;

/** The cluster's side of a world, and what browsers should see because of it. */
class Scenario {
  readonly random: () => number;
  readonly world: World;
  /** Leases whose pods are gone: their DELETE, or a heartbeat, may come at any time. */
  readonly ended: { lease: string; pod: SimulatedPod }[] = [];
  revision = 0;
  active = 0;
  log: string[] = [];

  constructor(seed: number) {
    this.random = randomOf(seed);
    this.world = new World(
      this.random,
      Array.from({ length: REVISIONS }, (_, i) => `${i + 1}.0.0`),
    );
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  /** One thing that happens, and the heartbeats that tell of it. -> whether anything that counts has changed. */
  async step(): Promise<void> {
    const { world } = this;
    const kind = this.pick([
      'rollout',
      'rollout',
      'ready',
      'ready',
      'ready',
      'drain',
      'goodbye',
      'crash',
      'restart',
      'zombie',
      'late',
      'outage',
      'store',
      'clock',
      'time',
    ] as const);
    this.log.push(`${kind}@${world.now}`);
    const pod = this.pick(world.pods.filter(({ beats }) => beats));
    switch (kind) {
      case 'rollout':
        if (this.revision === REVISIONS) return;
        this.revision += 1;
        for (let pods = this.random() < 0.5 ? 1 : 2; pods > 0; pods -= 1)
          world.pods.push({
            uid: `pod-${this.revision}-${pods}`,
            revision: this.revision,
            // Half of them are ready at their first heartbeat already.
            ready: this.random() < 0.5,
            draining: false,
            beats: true,
            lease: world.newLease(),
            heardAt: null,
          });
        break;
      case 'ready':
        for (const each of world.pods) if (each.beats) each.ready ||= this.random() < 0.7;
        break;
      case 'drain':
        if (pod) pod.draining = true;
        break;
      case 'goodbye':
        if (!pod) return;
        world.pods = world.pods.filter((other) => other !== pod);
        this.ended.push({ lease: pod.lease, pod });
        await world.run([world.goodbye(pod.lease)]);
        this.settle();
        break;
      case 'crash':
        if (pod) pod.beats = false;
        break;
      case 'restart':
        if (pod) pod.lease = world.newLease();
        break;
      case 'late': {
        const before = this.pick(this.ended);
        if (before) await world.run([world.goodbye(before.lease), world.beat({ ...before.pod, ready: true, lease: before.lease })]);
        break;
      }
      case 'zombie': {
        const before = this.pick(this.ended);
        if (before) await world.run([world.beat({ ...before.pod, ready: true, draining: false, lease: before.lease })]);
        break;
      }
      case 'outage':
        await world.outage(11_000 + Math.floor(this.random() * 600_000));
        break;
      case 'clock':
        await world.outage((this.random() < 0.5 ? -1 : 1) * (11_000 + Math.floor(this.random() * 3_600_000)));
        break;
      case 'store':
        world.storeAway = true;
        await world.pass(5000);
        world.storeAway = false;
        break;
      case 'time':
        await world.pass(5000 * (1 + Math.floor(this.random() * 7)));
        break;
    }
    await world.pass(5000);
    this.settle();
  }

  settle(): void {
    const { world } = this;
    // Heard at a time that the clock has left again: since when nobody knows, so since the clock went back.
    const silence = ({ heardAt }: SimulatedPod) =>
      world.now - (heardAt === null || heardAt > world.now ? world.listeningSince : Math.max(heardAt, world.listeningSince));
    world.pods = world.pods.filter((pod) => {
      const isDropped = !pod.beats && silence(pod) >= droppedAfter;
      if (isDropped) this.ended.push({ lease: pod.lease, pod });
      return !isDropped;
    });
    const counted = world.pods.filter(
      (pod) => pod.heardAt !== null && pod.ready && !pod.draining && (silence(pod) < unhealthyAfter || pod.revision === this.active),
    );
    this.active = Math.max(0, ...counted.map(({ revision }) => revision)) || this.active;
  }

  get expected(): string | null {
    return this.active === 0 ? null : `${this.active}.0.0`;
  }
}

async function play(seed: number): Promise<void> {
  const scenario = new Scenario(seed);
  const { world } = scenario;
  const said = () =>
    `seed ${seed} (SEED=${seed} npx vitest run --project integration registry-api/src/deployments/simulation.integration.test.ts): ${scenario.log.join(' ')}`;
  await world.run([world.tick()]);
  for (let step = 0; step < 14; step += 1) {
    await scenario.step();
    if (world.visible !== scenario.expected) expect.fail(`${said()} shows ${world.visible}, should show ${scenario.expected}`);
    // While nothing changes nothing may move.
    const before = world.seen.length;
    await world.run([...world.pods.filter(({ beats, draining }) => beats && !draining).map((pod) => world.beat(pod)), world.tick()]);
    if (world.seen.length !== before) expect.fail(`${said()} flaps: ${world.seen.slice(before - 1).join(' -> ')}`);
  }
}

describe('the version that browsers see', () => {
  it(`is the model's in ${process.env['SEED'] ? `world ${process.env['SEED']}` : `${SEEDS} worlds`}`, async () => {
    if (process.env['SEED']) return play(Number(process.env['SEED']));
    for (let seed = 1; seed <= SEEDS; seed += 1) await play(seed);
  }, 600_000);
});
