/** From a started pod to a registered widget, and back: reads top to bottom as what happens. */
import { setTimeout as pause } from 'node:timers/promises';
import { Backoff } from './backoff';
import type { Config } from './config';
import { reasonOf } from './http';
import { type Kubernetes, KubernetesError, type Rollout } from './kubernetes';
import { LeaseHolder } from './lease';
import type { Log } from './log';
import type { PublishedWidget, PublishOutcome, PublishWish } from './publish-apart';
import { WidgetNotThere, type WidgetSource } from './widget-source';

export interface SidecarDeps {
  config: Config;
  source: WidgetSource;
  kubernetes: Kubernetes;
  publish(wish: PublishWish): Promise<PublishOutcome>;
  log: Log;
  random(): number;
}

/** Milliseconds. */
const firstWait = 500;
const longestWait = 15_000;
/** For the pod's own container, which begins when this one has: each moment of waiting longer is one that browsers wait for it. */
const waitForWidget = 300;
/** Of a loop that waits at most `longestWait`, publishes for minutes, and asks three servers: after this it hangs. */
const stuckAfter = 300_000;

export class Sidecar {
  #published: PublishedWidget | null = null;
  #rollout: Rollout | null = null;
  #registered = false;
  #draining = false;
  #stopping = new AbortController();
  #awake = new AbortController();
  #progress = performance.now();
  #acknowledged: (() => void) | null = null;
  #state = '';
  /** Why the widget's files are not there; '' when they are. */
  #widgetMissing = '';
  readonly #lease: LeaseHolder;
  readonly #backoff: Backoff;

  constructor(private readonly deps: SidecarDeps) {
    const { registryUrl, tokenFile } = deps.config;
    this.#lease = new LeaseHolder(registryUrl, tokenFile);
    this.#backoff = new Backoff({ first: firstWait, most: longestWait, random: deps.random });
  }

  /** Latched: an outage of the registry never makes a pod unready. */
  get registered(): boolean {
    return this.#registered;
  }

  /** Whether the loop goes on. */
  get alive(): boolean {
    return performance.now() - this.#progress < stuckAfter;
  }

  /** Until stop(). */
  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const wait = await this.#step().catch((error: unknown) => this.#unforeseen(error));
      this.#progress = performance.now();
      if (wait > 0) await this.#rest(wait);
    }
  }

  /** Before the widget's container is stopped: nobody new is sent here. Resolves when the registry knows. */
  async drain(): Promise<void> {
    this.#draining = true;
    if (!this.#published || !this.#registered) return;
    const known = new Promise<void>((resolve) => {
      this.#acknowledged = resolve;
    });
    this.#awake.abort();
    await known;
  }

  /** Says goodbye, so that nobody has to wait for the lease to run out. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#awake.abort();
    if (!this.#published) return;
    try {
      await this.#lease.end();
      this.deps.log.info(`said goodbye for ${this.#name}`, { lease: this.#lease.id });
    } catch (error) {
      this.deps.log.warn(`could not say goodbye for ${this.#name} (${reasonOf(error)}): its lease runs out by itself`);
    }
  }

  /** -> milliseconds until the next one. */
  async #step(): Promise<number> {
    this.#published ??= await this.#publish();
    if (!this.#published) return this.#widgetMissing === '' ? this.#backoff.next() : waitForWidget;
    const rollout = await this.#currentRollout();
    if (!rollout) return this.#backoff.next();
    return this.#beat(this.#published, rollout);
  }

  async #publish(): Promise<PublishedWidget | null> {
    const { config, source, log } = this.deps;
    let folder: Awaited<ReturnType<WidgetSource['folder']>>;
    try {
      folder = await source.folder();
    } catch (error) {
      if (!(error instanceof WidgetNotThere)) throw error;
      if (error.message !== this.#widgetMissing) log.info(`waiting for the widget: ${error.message}`);
      this.#widgetMissing = error.message;
      return null;
    }
    this.#widgetMissing = '';
    try {
      const wish = { folder: folder.path, registryUrl: config.registryUrl, tokenFile: config.tokenFile };
      const outcome = await this.deps.publish(wish);
      if ('ok' in outcome) {
        const { name, version, created } = outcome.ok;
        log.info(created ? `published ${name} ${version}` : `${name} ${version} was published before, with the same files`);
        this.#backoff.reset();
        return outcome.ok;
      }
      const { code, detail, status } = outcome.refused;
      if (status !== null && status < 500) log.error(`refused: ${detail}`, { code });
      else log.warn(`could not publish: ${detail}`, { code });
      return null;
    } finally {
      await folder.release();
    }
  }

  /** While the cluster's API is away, what it said last still holds. */
  async #currentRollout(): Promise<Rollout | null> {
    try {
      this.#rollout = await this.deps.kubernetes.rollout();
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error;
      this.deps.log.warn(error.message);
    }
    return this.#rollout;
  }

  async #beat({ name, version }: PublishedWidget, { deployment, revision }: Rollout): Promise<number> {
    const { config, source, log } = this.deps;
    const draining = this.#draining;
    const { pod, channel, cluster } = config;
    const outcome = await this.#lease
      .beat({
        widget: name,
        version,
        channel,
        deployment: { ...deployment, namespace: pod.namespace, cluster },
        revision,
        pod: { uid: pod.uid, name: pod.name },
        ready: await source.serves(),
        draining,
      })
      .catch((error: unknown) => reasonOf(error));
    if (typeof outcome === 'string') {
      log.warn(`the registry does not answer (${outcome}); ${this.#name} stays as it is`);
      return this.#backoff.next();
    }
    if (outcome.kind === 'gone') {
      log.info('the lease had ended; taking another one');
      return 1;
    }
    if (outcome.kind === 'refused') return this.#refused(outcome);
    this.#backoff.reset();
    this.#registered = true;
    const { state, beatSeconds, detail } = outcome.answer;
    if (state !== this.#state) log.info(`registered ${this.#name}, lease ${this.#lease.id}: ${detail}`, { state, revision });
    this.#state = state;
    if (draining) this.#acknowledged?.();
    return beatSeconds * 1000 * (0.9 + this.deps.random() / 5);
  }

  #refused({ status, code, detail, retryAfter }: { status: number; code: string; detail: string; retryAfter: number | null }): number {
    if (status >= 500 || status === 429) this.deps.log.warn(`the registry cannot take the heartbeat: ${detail}`, { code });
    else this.deps.log.error(`refused: ${detail}`, { code });
    // A registry that lost the version, or another one: it is published again.
    if (code === 'version_unknown') this.#published = null;
    return Math.max(this.#backoff.next(), (retryAfter ?? 0) * 1000);
  }

  #unforeseen(error: unknown): number {
    this.deps.log.error(`unforeseen: ${error instanceof Error ? error.message : String(error)}`);
    return this.#backoff.next();
  }

  async #rest(milliseconds: number): Promise<void> {
    this.#awake = new AbortController();
    if (this.#stopping.signal.aborted || (this.#draining && this.#acknowledged !== null && this.#state !== 'draining')) return;
    await pause(milliseconds, undefined, { signal: this.#awake.signal }).catch((error: unknown) => {
      if ((error as Error).name !== 'AbortError') throw error;
    });
  }

  get #name(): string {
    return this.#published ? `${this.#published.name} ${this.#published.version}` : 'the widget';
  }
}
