import { ContextChannel } from './channel';
import type { ContextBus } from './context-bus';
import { InteropError } from './errors';
import { channelFacade } from './facades';
import type { Listener, Member, PrivateChannel } from './types';

type EventName = 'addContextListener' | 'unsubscribe' | 'disconnect';
type EventHandler = (event: { type: EventName; details: { contextType: string | null } | null }) => void;

/** One side of a private channel: what it hears for, and who wants to know what the others do. */
interface Party {
  member: Member;
  listening: (string | null)[];
  watchers: Set<{ type: EventName | null; handler: EventHandler }>;
}

const partiesOf = new WeakMap<ContextChannel, Set<Party>>();

/** A channel that only those know to whom it was given, usually as the result of an intent. */
export const createPrivateChannel = (bus: ContextBus, member: Member, cleanup: Set<() => void>): PrivateChannel =>
  joinPrivateChannel(bus, new ContextChannel(`private-${crypto.randomUUID()}`, 'private'), member, cleanup);

/** The channel as one of its parties holds it: it is told of what the others do there, never of what it does itself. */
export function joinPrivateChannel(bus: ContextBus, channel: ContextChannel, member: Member, cleanup: Set<() => void>): PrivateChannel {
  const parties = partiesOf.get(channel) ?? new Set();
  partiesOf.set(channel, parties);
  const self: Party = { member, listening: [], watchers: new Set() };
  parties.add(self);
  const others = (): Party[] => [...parties].filter((party) => party.member !== member);

  const call = (party: Party, handler: EventHandler, type: EventName, contextType: string | null): void => {
    try {
      handler({ type, details: type === 'disconnect' ? null : { contextType } });
    } catch (error) {
      bus.options.onListenerError?.(party.member.panel, error);
    }
  };
  const emit = (type: EventName, contextType: string | null): void => {
    for (const party of others())
      for (const watcher of [...party.watchers])
        if (watcher.type === null || watcher.type === type) call(party, watcher.handler, type, contextType);
  };
  const watch = (type: EventName | null, handler: EventHandler): Listener => {
    const watcher = { type, handler };
    self.watchers.add(watcher);
    // The standard asks for those listeners, too, that were there before somebody wanted to know.
    if (type === null || type === 'addContextListener')
      for (const { listening } of others()) for (const contextType of listening) call(self, handler, 'addContextListener', contextType);
    return {
      unsubscribe: async () => {
        self.watchers.delete(watcher);
      },
    };
  };

  /** What ends each of this side's listeners. */
  const own = new Set<() => void>();
  const facade = channelFacade(bus, channel, member, own, {
    onListen: (type) => {
      self.listening.push(type);
      emit('addContextListener', type);
    },
    onUnsubscribe: (type) => {
      self.listening.splice(self.listening.indexOf(type), 1);
      emit('unsubscribe', type);
    },
    refuse: () => (parties.has(self) ? null : new InteropError('AccessDenied', 'this side has disconnected from the private channel')),
  });
  const leave = (): void => {
    if (!parties.has(self)) return;
    for (const end of [...own]) end();
    emit('disconnect', null);
    self.watchers.clear();
    parties.delete(self);
    cleanup.delete(leave);
  };
  cleanup.add(leave);
  return Object.assign(facade, {
    addEventListener: async (type: EventName | null, handler: EventHandler) => watch(type, handler),
    onAddContextListener: (handler: (type?: string) => void) =>
      watch('addContextListener', ({ details }) => handler(details?.contextType ?? undefined)),
    onUnsubscribe: (handler: (type?: string) => void) => watch('unsubscribe', ({ details }) => handler(details?.contextType ?? undefined)),
    onDisconnect: (handler: () => void) => watch('disconnect', () => handler()),
    disconnect: async () => leave(),
  }) as unknown as PrivateChannel;
}
