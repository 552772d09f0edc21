import type { checkSettings } from './settings-check';

type Check = typeof checkSettings;

/** Milliseconds from one attempt to the next; the last one for ever. */
const PAUSES = [1_000, 2_000, 5_000, 10_000, 15_000];

/**
 * The check's code, which comes when something is first set, not with the page. Where it does not come it is asked for until it does: what
 * somebody sets while the edge is away waits for it, in its order, and is neither lost nor called the widget's failure.
 */
export function lazySettingsCheck(
  load: () => Promise<{ checkSettings: Check }>,
  pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
): () => Promise<Check> {
  let coming: Promise<Check> | undefined;
  const fetched = async (): Promise<Check> => {
    for (let failures = 0; ; failures++) {
      try {
        return (await load()).checkSettings;
      } catch {
        await pause(PAUSES[Math.min(failures, PAUSES.length - 1)] as number);
      }
    }
  };
  return () => {
    coming ??= fetched();
    return coming;
  };
}

export const settingsCheck = lazySettingsCheck(() => import('./settings-check'));
