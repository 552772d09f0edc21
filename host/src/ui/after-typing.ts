/** Milliseconds without a key after which somebody waits for an answer. */
const PAUSE = 150;

/**
 * Searches for what is typed once nobody types any more, and at once where nothing is typed. For an effect: what is given back calls it off,
 * by the signal as well where it is under way.
 */
export function afterTyping(typed: string, search: (signal: AbortSignal) => Promise<void>): () => void {
  const over = new AbortController();
  const timer = setTimeout(() => void search(over.signal), typed === '' ? 0 : PAUSE);
  return () => {
    clearTimeout(timer);
    over.abort();
  };
}
