/** What this widget says to the others of the layout, and hears from them. */
import type { Context, DesktopAgent, Disposer } from '@datamesh/widget-sdk';
import { listen, listenOn } from '@datamesh/widget-sdk';
import { USAGE_FILTER } from '../filters/filters';
import { DASHBOARD, TIME_RANGE } from '../range/dates';

export interface ContextListeners {
  /** On the panel's channel. */
  filter(context: Context): void;
  /** The dashboard's own filter, also as it stood before this widget came. */
  dates(context: Context): void;
}

export function listenToContexts(agent: DesktopAgent | undefined, { filter, dates }: ContextListeners): Disposer {
  const stops = [listen(agent, USAGE_FILTER, filter), listenOn(agent, DASHBOARD, TIME_RANGE, dates)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Rejects with the agent's reason. */
export async function setDates(agent: DesktopAgent | undefined, context: Context): Promise<void> {
  const channel = await agent?.getOrCreateChannel(DASHBOARD);
  await channel?.broadcast(context as Parameters<typeof channel.broadcast>[0]);
}
