import type { Context } from '@datamesh/contracts';
import { Agent, type Membership } from './agent';
import { ContextChannel, type Delivery, type KeptContext, type Subscription } from './channel';
import { DASHBOARD, isUserChannel, USER_CHANNELS } from './channels';
import type { ContextBus } from './context-bus';
import { admitContext, isClear, sameContext } from './contexts';
import { InteropError, MalformedContext } from './errors';
import { Intents } from './intents';
import { isLoop, Traces } from './traces';
import type { InteropOptions, Member, Metadata } from './types';

/** Whoever is not a panel: the layout itself, when it replays what it keeps. */
const HOST: Member = { panel: '', widget: 'dashboard', version: '' };

/** What the elements of one layout say to each other. Each gets an agent of its own, so it is always known who speaks. */
export class Interop implements ContextBus {
  readonly options: InteropOptions;
  readonly intents: Intents;
  readonly #traces: Traces;
  readonly #channels = new Map<string, ContextChannel>();
  /** Of each panel: it may be that nobody else is on its channel. */
  readonly #outlets = new Map<string, ContextChannel>();
  /** Who looks at what a panel says, and is no part of any chain. */
  readonly #watchers = new Set<{ panel: string; listener(): void }>();
  readonly #now: () => number;
  /** Types of filters that the layout has and nobody hears: said once. */
  readonly #refused = new Set<string>();

  /** Of the same layout on an earlier page: `kept` by channel, `said` by panel. */
  constructor(options: InteropOptions = {}, kept: Record<string, KeptContext[]> = {}, said: Record<string, KeptContext[]> = {}) {
    this.options = options;
    this.#now = options.now ?? Date.now;
    this.#traces = new Traces(options.newId ?? (() => crypto.randomUUID()), this.#now);
    this.intents = new Intents();
    for (const { id } of USER_CHANNELS) this.#channels.set(id, new ContextChannel(id, 'user'));
    this.#channels.set(DASHBOARD, new ContextChannel(DASHBOARD, 'app'));
    for (const [id, contexts] of Object.entries(kept)) this.#channel(id).takeOver(contexts);
    for (const [panel, contexts] of Object.entries(said)) this.outlet(panel).takeOver(contexts);
  }

  /** The last contexts of each channel, for a page that takes the place of this one; the dashboard's filters are the layout's. */
  get kept(): Record<string, KeptContext[]> {
    return keptOf([...this.#channels.values()].filter(({ id }) => id !== DASHBOARD));
  }

  /** The same of what these panels said. */
  saidBy(panels: readonly string[]): Record<string, KeptContext[]> {
    return keptOf(panels.map((panel) => this.outlet(panel)));
  }

  /** For one element. Dispose of it when the element goes. `held`: the element is only tried, see `Agent.release`. */
  agent(member: Member, membership: Membership, held = false): Agent {
    return new Agent(this, member, membership, held);
  }

  userChannel(id: string): ContextChannel {
    const channel = isUserChannel(id) ? this.#channels.get(id) : undefined;
    if (!channel) throw new InteropError('NoChannelFound', `there is no user channel "${id}"`);
    return channel;
  }

  appChannel(id: string): ContextChannel {
    if (isUserChannel(id)) throw new InteropError('AccessDenied', `"${id}" is a user channel: join it instead`);
    return this.#channel(id);
  }

  #channel(id: string): ContextChannel {
    let channel = this.#channels.get(id);
    if (!channel) {
      channel = new ContextChannel(id, 'app');
      this.#channels.set(id, channel);
    }
    return channel;
  }

  outlet(panel: string): ContextChannel {
    let outlet = this.#outlets.get(panel);
    if (!outlet) {
      outlet = new ContextChannel(panel, 'private');
      this.#outlets.set(panel, outlet);
    }
    return outlet;
  }

  /** The last of each type that a panel said, the latest last; events of its element as `event:<name>`. */
  said(panel: string): Context[] {
    return this.outlet(panel)
      .kept()
      .map(({ context }) => context);
  }

  /** Called whenever the panel says something. Answers with the way to stop. */
  onSaid(panel: string, listener: () => void): () => void {
    const watcher = { panel, listener };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Throws MalformedContext to the sender; nobody hears an invalid context. */
  publish(channel: ContextChannel | null, member: Member, value: unknown): void {
    const context = admitContext(value);
    const trace = this.#traces.next(member.panel, context);
    if (isLoop(trace)) {
      this.options.onLoop?.(member.panel, context);
      return;
    }
    const delivery = { context, metadata: this.#metadata(member, trace.id), trace };
    if (channel) this.#send(channel, delivery);
    if (member === HOST) return;
    // A private channel is between those that were given it.
    if (channel?.kind !== 'private') this.#sendAlongWires(member, delivery);
    if (channel?.id === DASHBOARD) this.options.onFilter?.(context);
  }

  #sendAlongWires({ panel }: Member, delivery: Delivery): void {
    const trace = this.#traces.alongWires(panel, delivery.context, delivery.trace);
    if (isLoop(trace)) {
      this.options.onLoop?.(panel, delivery.context);
      return;
    }
    this.#send(this.outlet(panel), { ...delivery, trace });
    for (const watcher of [...this.#watchers]) if (watcher.panel === panel) watcher.listener();
  }

  used(member: Member): void {
    this.#traces.used(member.panel);
  }

  /** What the layout keeps, as it opens or changes by undo or by another's hand: listeners hear what is different. */
  setFilters(filters: readonly { context: Context }[]): void {
    const channel = this.appChannel(DASHBOARD);
    const kept = new Map(channel.kept().map(({ context }) => [context.type, context]));
    for (const { context } of filters) {
      const before = kept.get(context.type);
      kept.delete(context.type);
      if (!before || !sameContext(before, context)) this.#replayFilter(channel, context);
    }
    for (const type of kept.keys()) this.publish(channel, HOST, { type, clear: true });
  }

  /** A layout may have been saved with anything: a filter that no panel could send is none, and keeps nobody from the rest. */
  #replayFilter(channel: ContextChannel, context: Context): void {
    try {
      this.publish(channel, HOST, context);
    } catch (error) {
      if (!(error instanceof MalformedContext)) throw error;
      if (!this.#refused.has(context.type)) this.options.onFilterRefused?.(context.type, error);
      this.#refused.add(context.type);
    }
  }

  /** To one listener that comes late; in a task of its own, so that it has its listener in hand before the first call. */
  replay(subscription: Subscription, channel: ContextChannel): void {
    const deliveries = this.#kept(subscription, channel);
    if (deliveries.length === 0) return;
    queueMicrotask(() => {
      // Something newer may have come first: the listener has it already.
      for (const delivery of deliveries)
        if (channel.subscriptions.has(subscription) && channel.current(delivery.context.type) === delivery)
          this.#deliver(subscription, delivery);
    });
  }

  forget(member: Member): void {
    this.#traces.forget(member.panel);
  }

  #kept(subscription: Subscription, channel: ContextChannel): Delivery[] {
    if (channel.id === DASHBOARD && subscription.type === null) return channel.kept();
    const current = channel.current(subscription.type);
    return current ? [current] : [];
  }

  #send(channel: ContextChannel, delivery: Delivery): void {
    const clears = channel.id === DASHBOARD && isClear(delivery.context);
    if (clears) channel.forget(delivery.context.type);
    else channel.keep(delivery);
    for (const subscription of [...channel.subscriptions]) this.#deliver(subscription, delivery);
  }

  #deliver(subscription: Subscription, { context, metadata, trace }: Delivery): void {
    const { member, type, handler, wire } = subscription;
    if (type !== null && type !== context.type) return;
    if (!subscription.isReceiving() || !this.#traces.mayReceive(member.panel, context.type, trace)) return;
    if (wire) this.#traces.wasSet(member.panel, trace);
    this.#traces.handle(member.panel, context, trace, () => {
      try {
        handler(context, metadata);
      } catch (error) {
        this.options.onListenerError?.(member.panel, error);
      }
    });
  }

  #metadata(member: Member, traceId: string): Metadata {
    const { panel, widget, version } = member;
    const source = { panel, widget, version, appId: widget, instanceId: panel };
    return Object.freeze({ source: Object.freeze(source), timestamp: new Date(this.#now()).toISOString(), traceId });
  }
}

const keptOf = (channels: readonly ContextChannel[]): Record<string, KeptContext[]> =>
  Object.fromEntries(
    channels.map((channel) => [
      channel.id,
      channel.kept().map(({ context, metadata, trace }) => ({ context, metadata, senders: [...trace.senders] })),
    ]),
  );
