import type { Context } from '@datamesh/contracts';
import { eventType } from './bindings';
import { admitContext } from './contexts';

/** Characters of JSON that an event may carry along a wire. */
const LARGEST = 64 * 1024;

/**
 * What of an event goes along a wire: its detail where that is JSON, and what the element then holds, as fields do. undefined: nothing that
 * could be handed on. Never throws: it is called while an element fires.
 */
export function eventContext(element: EventTarget, { type, detail }: Event & { detail?: unknown }): Context | undefined {
  try {
    const { value, checked } = element as { value?: unknown; checked?: unknown };
    return admitContext({
      type: eventType(type),
      ...asJson(detail),
      ...(typeof value === 'string' || typeof value === 'number' ? { value } : {}),
      ...(typeof checked === 'boolean' ? { checked } : {}),
    });
  } catch {
    // Deeper than any context may be, or a getter of the element's own that threw.
    return undefined;
  }
}

function asJson(detail: unknown): { detail?: unknown } {
  let text: string | undefined;
  try {
    text = JSON.stringify(detail);
  } catch {
    // It holds itself, or an element of the page: the rest of the event goes on without it.
  }
  return text === undefined || text.length > LARGEST ? {} : { detail: JSON.parse(text) };
}

/** Hears these events of an element. Answers with the way to stop. */
export function listenToEvents(element: EventTarget, events: Iterable<string>, listener: (event: Event) => void): () => void {
  const stop = new AbortController();
  for (const event of events) element.addEventListener(event, listener, { signal: stop.signal });
  return () => stop.abort();
}
