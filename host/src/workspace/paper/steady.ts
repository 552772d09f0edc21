/** How time passes; milliseconds. */
export interface Clock {
  now(): number;
  schedule(milliseconds: number, run: () => void): unknown;
}

/** Between two looks; milliseconds. */
const LOOK = 100;
/** As often it has to look the same. */
const SAME = 4;
/** Nobody waits longer for what does not come to rest; milliseconds. */
const TIMEOUT_MS = 6_000;

/** Resolves once `look` gives the same again and again, or nobody would wait any longer; null: it is known not to be done yet. */
export function steady(clock: Clock, look: () => string | null): Promise<void> {
  const until = clock.now() + TIMEOUT_MS;
  let before: string | null = null;
  let same = 0;
  return new Promise((resolve) => {
    const next = (): void => {
      const now = look();
      same = now !== null && now === before ? same + 1 : 1;
      before = now;
      if ((now !== null && same >= SAME) || clock.now() >= until) resolve();
      else clock.schedule(LOOK, next);
    };
    next();
  });
}

/** How a panel looks, as far as that can be told without looking: what is in it, and how large; null while something of it is on its way. */
export function appearance(panel: Element): string | null {
  const seen: string[] = [];
  const open: (Element | ShadowRoot)[] = [panel];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node instanceof Element) {
      if (node.getAttribute('aria-busy') === 'true') return null;
      if (node.shadowRoot) open.push(node.shadowRoot);
    }
    open.push(...node.children);
    seen.push(`${node.childElementCount} ${node instanceof Element ? `${node.clientWidth}×${node.scrollHeight}` : ''}`);
  }
  return seen.join();
}
