import type { Context } from '@datamesh/contracts';
import type {
  AppIdentifier,
  ContextHandler,
  ImplementationMetadata,
  IntentHandler,
  IntentResolution,
  IntentResult,
} from '@finos/fdc3-standard';
import type { ContextChannel, Subscription } from './channel';
import { USER_CHANNELS } from './channels';
import type { ContextBus } from './context-bus';
import { admitContext } from './contexts';
import { InteropError } from './errors';
import { channelFacade, channelOf } from './facades';
import { createPrivateChannel, joinPrivateChannel } from './private-channel';
import type { Channel, Direction, Fdc3, Handler, Listener, Member } from './types';

export interface Membership {
  /** A user channel, or null for none. */
  channel: string | null;
  direction: Direction;
}

/**
 * One element's desktop agent: `fdc3` is what the element sees, the rest is the host's side of it. A held agent belongs to an
 * element that is only tried: whatever it asks for waits, in order, until it is released, and never happens when it is not.
 */
export class Agent {
  readonly fdc3: Fdc3;
  readonly #bus: ContextBus;
  readonly #member: Member;
  /** Listeners without a channel of their own: they follow the panel from channel to channel. */
  readonly #following = new Set<Subscription>();
  readonly #cleanup = new Set<() => void>();
  #channel: ContextChannel | null = null;
  #direction: Direction;
  #open = true;
  /** What an element that is only tried has asked for; null once it stands. */
  #held: (() => void)[] | null;

  constructor(bus: ContextBus, member: Member, membership: Membership, held = false) {
    this.#held = held ? [] : null;
    this.#bus = bus;
    this.#member = member;
    this.#direction = membership.direction;
    this.#channel = membership.channel === null ? null : bus.userChannel(membership.channel);
    this.fdc3 = Object.freeze({
      broadcast: this.#standing((context: Context) => this.#broadcast(context)),
      addContextListener: this.#standing((type: string | null | ContextHandler, handler?: ContextHandler) => this.#listen(type, handler)),
      raiseIntent: this.#standing((intent: string, context: Context, app?: AppIdentifier | string) => this.#raise(intent, context, app)),
      addIntentListener: this.#standing((intent: string, handler: IntentHandler) => this.#answer(intent, handler)),
      getUserChannels: this.#standing(async () => USER_CHANNELS.map(({ id }) => this.#facade(this.#bus.userChannel(id)))),
      joinUserChannel: this.#standing(async (id: string) => this.#move(this.#bus.userChannel(id), true)),
      leaveCurrentChannel: this.#standing(async () => this.#move(null, true)),
      getCurrentChannel: this.#standing(async () => (this.#channel ? this.#facade(this.#channel) : null)),
      getOrCreateChannel: this.#standing(async (id: string) => this.#facade(this.#bus.appChannel(id))),
      createPrivateChannel: this.#standing(async () => createPrivateChannel(this.#bus, this.#member, this.#cleanup)),
      getInfo: this.#standing(async () => this.#info()),
    } as unknown as Fdc3);
  }

  get channel(): string | null {
    return this.#channel?.id ?? null;
  }

  /** The element stands: what it asked for so far happens now, and what it asks from now on at once. */
  release(): void {
    const asked = this.#held ?? [];
    this.#held = null;
    for (const run of asked) run();
  }

  /** The layout says so; nothing happens when it is so already. */
  setMembership({ channel, direction }: Membership): void {
    const wasReceiving = this.#isReceiving();
    this.#direction = direction;
    if (channel !== this.channel) this.#move(channel === null ? null : this.#bus.userChannel(channel), false);
    else if (!wasReceiving && this.#isReceiving()) this.#replayAll();
  }

  /** What another panel says, on whatever channel, and at once what it said last. Answers with the way to stop. */
  follow(panel: string, type: string, handler: Handler): () => void {
    const { subscriptions } = this.#bus.outlet(panel);
    const subscription: Subscription = { member: this.#member, type, handler, isReceiving: () => this.#open, wire: true };
    const stop = (): void => {
      subscriptions.delete(subscription);
      this.#cleanup.delete(stop);
    };
    this.#cleanup.add(stop);
    this.#whenStanding(() => {
      if (!this.#cleanup.has(stop)) return;
      subscriptions.add(subscription);
      this.#bus.replay(subscription, this.#bus.outlet(panel));
    });
    return stop;
  }

  /** What its element did, to whoever has a wire from its panel. */
  publishElementEvent(context: Context): void {
    this.#whenStanding(() => {
      if (this.#open) this.#bus.publish(null, this.#member, context);
    });
  }

  /** A person is at work in its panel: nothing that it says from now on was set off by a wire. */
  used(): void {
    this.#bus.used(this.#member);
  }

  /** The element is gone: nothing reaches it, nothing comes from it. */
  dispose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#held = this.#held && [];
    for (const subscription of this.#following) this.#channel?.subscriptions.delete(subscription);
    this.#following.clear();
    for (const clean of [...this.#cleanup]) clean();
    this.#cleanup.clear();
    this.#bus.forget(this.#member);
  }

  #standing<Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>): (...args: Args) => Promise<Result> {
    return (...args) => (this.#held ? new Promise((resolve) => this.#held?.push(() => resolve(run(...args)))) : run(...args));
  }

  #whenStanding(run: () => void): void {
    if (this.#held) this.#held.push(run);
    else run();
  }

  #isReceiving(): boolean {
    return this.#open && this.#direction !== 'send';
  }

  async #broadcast(context: Context): Promise<void> {
    if (!this.#open) return;
    this.#bus.publish(this.#direction === 'receive' ? null : this.#channel, this.#member, context);
  }

  async #listen(type: string | null | ContextHandler, handler?: ContextHandler): Promise<Listener> {
    const subscription: Subscription = {
      member: this.#member,
      type: typeof type === 'function' ? null : type,
      handler: (typeof type === 'function' ? type : handler) as Handler,
      isReceiving: () => this.#isReceiving(),
    };
    if (typeof subscription.handler !== 'function') throw new TypeError('addContextListener needs a handler');
    if (this.#open) {
      this.#following.add(subscription);
      this.#channel?.subscriptions.add(subscription);
      if (this.#channel) this.#bus.replay(subscription, this.#channel);
    }
    return {
      unsubscribe: async () => {
        this.#following.delete(subscription);
        this.#channel?.subscriptions.delete(subscription);
      },
    };
  }

  #move(to: ContextChannel | null, byWidget: boolean): void {
    if (to === this.#channel || !this.#open) return;
    for (const subscription of this.#following) this.#channel?.subscriptions.delete(subscription);
    this.#channel = to;
    for (const subscription of this.#following) to?.subscriptions.add(subscription);
    this.#replayAll();
    if (byWidget) this.#bus.options.onChannel?.(this.#member.panel, this.channel);
  }

  #replayAll(): void {
    if (this.#channel) for (const subscription of this.#following) this.#bus.replay(subscription, this.#channel);
  }

  async #answer(intent: string, handler: IntentHandler): Promise<Listener> {
    if (typeof handler !== 'function') throw new TypeError('addIntentListener needs a handler');
    if (!this.#open) return { unsubscribe: async () => undefined };
    const remove = this.#bus.intents.add({
      intent,
      member: this.#member,
      handler: handler as (context: unknown, metadata: unknown) => unknown,
      channel: () => this.channel,
    });
    this.#cleanup.add(remove);
    return {
      unsubscribe: async () => {
        remove();
        this.#cleanup.delete(remove);
      },
    };
  }

  async #raise(intent: string, value: Context, app?: AppIdentifier | string): Promise<IntentResolution> {
    const context = admitContext(value);
    if (!this.#open) throw new InteropError('AccessDenied', 'this element is no longer on the page');
    const target = typeof app === 'string' ? { appId: app } : app;
    const chosen = this.#bus.intents.choose(intent, context.type, this.#member, this.channel, target);
    const source = { appId: this.#member.widget, instanceId: this.#member.panel };
    const result = Promise.resolve().then(() => chosen.handler(context, { source }));
    // Whoever never asks for the result must not cause an unhandled rejection in the panel that raised it.
    result.catch(() => undefined);
    this.#bus.options.onIntent?.(chosen.member.panel);
    return {
      source: { appId: chosen.member.widget, instanceId: chosen.member.panel },
      intent,
      getResult: () => this.#result(intent, result),
    };
  }

  async #result(intent: string, result: Promise<unknown>): Promise<IntentResult> {
    let value: unknown;
    try {
      value = await result;
    } catch (cause) {
      throw new InteropError('IntentHandlerRejected', `the panel that answered ${intent} failed`, cause);
    }
    if (value === undefined) return undefined;
    const channel = channelOf(value);
    // A channel speaks for whoever holds it: the receiver gets its own.
    if (channel) return this.#facade(channel);
    try {
      return admitContext(value) as IntentResult;
    } catch (cause) {
      throw new InteropError('NoResultReturned', `the panel that answered ${intent} gave neither a context nor a channel`, cause);
    }
  }

  #facade(channel: ContextChannel): Channel {
    if (channel.kind === 'private') return joinPrivateChannel(this.#bus, channel, this.#member, this.#cleanup);
    return channelFacade(this.#bus, channel, this.#member, this.#cleanup, { isGone: () => !this.#open });
  }

  #info(): ImplementationMetadata {
    const { panel, widget, version } = this.#member;
    return {
      fdc3Version: '2.2',
      provider: 'datamesh',
      optionalFeatures: { OriginatingAppMetadata: true, UserChannelMembershipAPIs: true, DesktopAgentBridging: false },
      appMetadata: { appId: widget, instanceId: panel, version },
    };
  }
}
