import type { ContextChannel, Subscription } from './channel';
import type { Intents } from './intents';
import type { InteropOptions, Member } from './types';

/** What carries contexts between the elements of one layout, as an agent and the channels it hands out see it. */
export interface ContextBus {
  readonly options: Pick<InteropOptions, 'onChannel' | 'onIntent' | 'onListenerError'>;
  readonly intents: Intents;
  /** Throws NoChannelFound. */
  userChannel(id: string): ContextChannel;
  /** Made when it is not there yet. Throws AccessDenied for a user channel. */
  appChannel(id: string): ContextChannel;
  /** What one panel says, wherever it says it: for wires from it. No widget gets hold of it. */
  outlet(panel: string): ContextChannel;
  /** null: only whoever has a wire from the member's panel hears it. Throws MalformedContext to the sender; nobody hears an invalid context. */
  publish(channel: ContextChannel | null, member: Member, value: unknown): void;
  /** What the channel keeps, to one listener that comes late. */
  replay(subscription: Subscription, channel: ContextChannel): void;
  /** A person is at work in the member's panel. */
  used(member: Member): void;
  /** The member is gone. */
  forget(member: Member): void;
}
