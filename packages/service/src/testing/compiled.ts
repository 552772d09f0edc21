/** How many functions are made from text while `run` runs: each check that the contract's validator compiles is at least one. */
export async function countCompiled(run: () => Promise<unknown>): Promise<number> {
  const { Function: Original } = globalThis;
  let made = 0;
  globalThis.Function = new Proxy(Original, {
    construct: (target, texts: string[]) => {
      made += 1;
      return new target(...texts);
    },
  });
  try {
    await run();
  } finally {
    globalThis.Function = Original;
  }
  return made;
}
