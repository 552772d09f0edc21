import { RefusedByPolicy } from './refusals';

/**
 * What runs in a worklet no browser compares with anything, and the edge gives none its script (host/server/gates.ts): said here, where the
 * panel hears whose it was. Once for each page, before the first widget.
 */
export function refuseWorklets(): void {
  const worklet = window.Worklet?.prototype;
  if (!worklet) return; // as where the page came over plain HTTP
  worklet.addModule = async (): Promise<never> => {
    throw new RefusedByPolicy('A worklet would run what was never compared with what was published', 'worker-src');
  };
}
