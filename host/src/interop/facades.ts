import type { Context } from '@datamesh/contracts';
import type { ContextHandler } from '@finos/fdc3-standard';
import type { ContextChannel, Subscription } from './channel';
import { DASHBOARD, USER_CHANNELS } from './channels';
import type { ContextBus } from './context-bus';
import type { Channel, Handler, Listener, Member } from './types';

const behind = new WeakMap<object, ContextChannel>();

/** The channel behind an object that a widget holds. */
export const channelOf = (value: unknown): ContextChannel | undefined =>
  value !== null && typeof value === 'object' ? behind.get(value) : undefined;

/** What holds for a channel beside what all may. */
export interface FacadeHooks {
  /** Why nothing may be sent or heard any more; null while it may. */
  refuse?(): Error | null;
  /** Its element is off the page: what it still sends goes nowhere, and it hears nothing. */
  isGone?(): boolean;
  onListen?(type: string | null): void;
  onUnsubscribe?(type: string | null): void;
}

/** A channel as one member holds it: what it sends has that member's name on it. `cleanup` ends it with the element. */
export function channelFacade(
  bus: ContextBus,
  channel: ContextChannel,
  member: Member,
  cleanup: Set<() => void>,
  hooks: FacadeHooks = {},
): Channel {
  const admit = (): void => {
    const refusal = hooks.refuse?.();
    if (refusal) throw refusal;
  };
  const listen = async (type: string | null | ContextHandler, handler?: ContextHandler): Promise<Listener> => {
    admit();
    const subscription: Subscription = {
      member,
      type: typeof type === 'function' ? null : type,
      handler: (typeof type === 'function' ? type : handler) as Handler,
      isReceiving: () => true,
    };
    if (typeof subscription.handler !== 'function') throw new TypeError('addContextListener needs a handler');
    if (hooks.isGone?.()) return { unsubscribe: async () => undefined };
    channel.subscriptions.add(subscription);
    const remove = (): void => {
      if (!channel.subscriptions.delete(subscription)) return;
      cleanup.delete(remove);
      hooks.onUnsubscribe?.(subscription.type);
    };
    cleanup.add(remove);
    hooks.onListen?.(subscription.type);
    // Dashboard filters are kept by the layout and heard by whoever comes late; other app channels follow the standard.
    if (channel.id === DASHBOARD) bus.replay(subscription, channel);
    return { unsubscribe: async () => remove() };
  };
  const known = USER_CHANNELS.find(({ id }) => id === channel.id);
  const facade = {
    id: channel.id,
    type: channel.kind,
    ...(known ? { displayMetadata: { name: known.name, color: `var(--dm-channel-${known.id})`, glyph: known.letter } } : {}),
    broadcast: async (context: Context) => {
      admit();
      if (!hooks.isGone?.()) bus.publish(channel, member, context);
    },
    getCurrentContext: async (type?: string) => channel.current(type)?.context ?? null,
    addContextListener: listen,
  } as unknown as Channel;
  behind.set(facade, channel);
  return facade;
}
