import { ownScriptAddress } from '../remotes/trusted-types';

/**
 * The worker that stands in for the edge while that is away (host/src/outage/start.ts), for pages that are loaded from now on. Whether the
 * edge has another one browsers look by themselves after each load. Where it cannot be had (plain HTTP, browsers without static routes) the page is as it would be without.
 */
export async function keepOutageWorker(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  try {
    const address = ownScriptAddress('/outage-worker') as string;
    await serviceWorker.register(address, { scope: '/', type: 'module', updateViaCache: 'none' });
  } catch (cause) {
    console.info('This browser cannot open the dashboard while its server is away.', cause);
  }
}
