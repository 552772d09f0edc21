/** Listening and speaking through an element's own agent, with subscriptions that can end before they have begun. */
import type { Context as Fdc3Context } from '@finos/fdc3-context';
import type { Context, DesktopAgent, Disposer } from './types';

export type ContextHandler = (context: Context) => void;

interface Listener {
  unsubscribe(): Promise<void>;
}

/** Hears contexts of a type on the panel's channel; the channel's current one comes first. Without an agent: never called. */
export function listen(agent: DesktopAgent | undefined, type: string, handler: ContextHandler): Disposer {
  if (!agent) return () => undefined;
  return untilDisposed(agent.addContextListener(type, (context) => handler(context as Context)));
}

/** Hears contexts of a type on an app channel, such as the dashboard's filters, beginning with its current one. */
export function listenOn(agent: DesktopAgent | undefined, channelId: string, type: string, handler: ContextHandler): Disposer {
  if (!agent) return () => undefined;
  const subscribe = async (): Promise<Listener> => {
    const channel = await agent.getOrCreateChannel(channelId);
    const listener = await channel.addContextListener(type, (context) => handler(context as Context));
    // An app channel does not replay by itself in FDC3; the handler may see the same context twice.
    const current = await channel.getCurrentContext(type);
    if (current) handler(current as Context);
    return listener;
  };
  return untilDisposed(subscribe());
}

/** Rejects with the agent's reason when the context is not valid or the panel may not send. */
export async function broadcast(agent: DesktopAgent | undefined, context: Context): Promise<void> {
  await agent?.broadcast(context as Fdc3Context);
}

function untilDisposed(listening: Promise<Listener>): Disposer {
  let disposed = false;
  const end = (listener: Listener): Promise<void> => listener.unsubscribe();
  listening.catch((cause: unknown) => {
    // A subscription that cannot begin is the widget's failure to tell, not one to lose.
    if (!disposed) reportError(cause);
  });
  return () => {
    if (disposed) return;
    disposed = true;
    listening.then(end).catch(() => undefined /* the channel went first */);
  };
}
