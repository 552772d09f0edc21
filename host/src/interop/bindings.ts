import type { Context, WidgetManifest } from '@datamesh/contracts';
import { DASHBOARD } from './channels';
import { isClear, putPath, takePath } from './contexts';
import type { Fdc3 } from './types';

export type Bindings = NonNullable<WidgetManifest['bindings']>;

/** As much of an element as bindings touch. */
export interface BoundElement extends EventTarget {
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

/**
 * Lets a plain element take part: a context that arrives becomes an attribute, an event that it fires becomes a context.
 * Inputs are heard on the panel's channel and among the dashboard's filters. `onError` hears what was refused.
 */
export function bind(element: BoundElement, fdc3: Fdc3, bindings: Bindings, onError: (error: unknown) => void): () => void {
  const stops: (() => void)[] = [];
  for (const { context: type, take, attribute } of bindings.inputs ?? []) {
    const hear = (context: Context): void => show(element, attribute, isClear(context) ? undefined : takePath(context, take));
    fdc3.addContextListener(type, hear).catch(onError);
    fdc3
      .getOrCreateChannel(DASHBOARD)
      .then((dashboard) => dashboard.addContextListener(type, hear))
      .catch(onError);
  }
  for (const { event, take, context: type, as } of bindings.outputs ?? []) {
    const send = (fired: Event): void => {
      const value = takePath(fired, take);
      if (value === undefined || value === null) return;
      const context: Context = { type };
      putPath(context, as, value);
      fdc3.broadcast(context).catch(onError);
    };
    element.addEventListener(event, send);
    stops.push(() => element.removeEventListener(event, send));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

/** An attribute holds text, a number or a flag; for anything else there is none. */
function show(element: BoundElement, attribute: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'number') element.setAttribute(attribute, String(value));
  else if (value === true) element.setAttribute(attribute, '');
  else element.removeAttribute(attribute);
}
