import { describe, expect, it } from 'vitest';
import { listen, listenOn } from './interop';
import type { Context, DesktopAgent } from './types';

/** As slow as an agent behind a message port: a listener begins only when told to. */
function slowAgent() {
  const listeners = new Set<(context: Context) => void>();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const addContextListener = async (_type: string, handler: (context: Context) => void) => {
    await begun;
    listeners.add(handler);
    return { unsubscribe: async () => void listeners.delete(handler) };
  };
  const channel = { addContextListener, getCurrentContext: async () => ({ type: 'fdc3.timeRange', startTime: '2005' }) };
  const agent = { addContextListener, getOrCreateChannel: async () => channel };
  return { agent: agent as unknown as DesktopAgent, listeners, begin };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('listening', () => {
  it('that ended before it began leaves nothing behind', async () => {
    const { agent, listeners, begin } = slowAgent();
    const dispose = listen(agent, 'fdc3.instrument', () => undefined);
    dispose();
    begin();
    await settled();
    expect(listeners.size).toBe(0);
  });

  it('on an app channel begins with what the channel holds', async () => {
    const { agent, listeners, begin } = slowAgent();
    const heard: Context[] = [];
    const dispose = listenOn(agent, 'dashboard', 'fdc3.timeRange', (context) => heard.push(context));
    begin();
    await settled();
    expect(heard).toEqual([{ type: 'fdc3.timeRange', startTime: '2005' }]);
    expect(listeners.size).toBe(1);
    dispose();
    await settled();
    expect(listeners.size).toBe(0);
  });

  it('without an agent is silence, so that a widget also runs on a bare page', () => {
    expect(() => listen(undefined, 'fdc3.instrument', () => undefined)()).not.toThrow();
  });
});
