import { ContextChannel } from './channel';
import type { ContextBus } from './contextBus';
import { channelFacade } from './facades';
import type { Listener, Member, PrivateChannel } from './types';

type EventName = 'addContextListener' | 'unsubscribe' | 'disconnect';
type EventHandler = (event: { type: EventName; details: { contextType: string | null } | null }) => void;

/** A channel that only those know to whom it was given, usually as the result of an intent. */
export function privateChannel(bus: ContextBus, member: Member, cleanup: Set<() => void>): PrivateChannel {
  const channel = new ContextChannel(`private-${crypto.randomUUID()}`, 'private');
  const watchers = new Set<{ type: EventName | null; handler: EventHandler }>();
  const tell = (type: EventName, contextType: string | null): void => {
    for (const watcher of [...watchers]) {
      if (watcher.type !== null && watcher.type !== type) continue;
      try {
        watcher.handler({ type, details: type === 'disconnect' ? null : { contextType } });
      } catch (error) {
        bus.options.onListenerError?.(member.panel, error);
      }
    }
  };
  const watch = (type: EventName | null, handler: EventHandler): Listener => {
    const watcher = { type, handler };
    watchers.add(watcher);
    return {
      unsubscribe: async () => {
        watchers.delete(watcher);
      },
    };
  };
  const facade = channelFacade(bus, channel, member, cleanup, {
    onListen: (type) => tell('addContextListener', type),
    onUnsubscribe: (type) => tell('unsubscribe', type),
  });
  return Object.assign(facade, {
    addEventListener: async (type: EventName | null, handler: EventHandler) => watch(type, handler),
    onAddContextListener: (handler: (type?: string) => void) =>
      watch('addContextListener', ({ details }) => handler(details?.contextType ?? undefined)),
    onUnsubscribe: (handler: (type?: string) => void) => watch('unsubscribe', ({ details }) => handler(details?.contextType ?? undefined)),
    onDisconnect: (handler: () => void) => watch('disconnect', () => handler()),
    disconnect: async () => {
      channel.subscriptions.clear();
      tell('disconnect', null);
      watchers.clear();
    },
  }) as unknown as PrivateChannel;
}
