/** Milliseconds from one attempt to the next; the last one for ever. */
const PAUSES = [1_000, 2_000, 5_000, 10_000, 15_000];

/** Code that comes when it is first wanted, not with the page. Where it does not come it is asked for until it does. */
export function lazyCode<Code>(
  load: () => Promise<Code>,
  pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
): () => Promise<Code> {
  let coming: Promise<Code> | undefined;
  const fetched = async (): Promise<Code> => {
    for (let failures = 0; ; failures++) {
      try {
        return await load();
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
