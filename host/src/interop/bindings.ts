import type { Context, WidgetManifest } from '@datamesh/contracts';
import { DASHBOARD } from './channels';
import { isClear, putPath, takePath } from './contexts';
import type { Fdc3 } from './types';

export type Bindings = NonNullable<WidgetManifest['bindings']>;

type Input = NonNullable<Bindings['inputs']>[number];
type Output = NonNullable<Bindings['outputs']>[number];

/** As much of an element as bindings touch. */
export interface BoundElement extends EventTarget {
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

/**
 * Lets a plain element take part: a context that arrives becomes an attribute or a property, an event that it fires becomes a context.
 * Inputs are heard on the panel's channel and among the dashboard's filters. `onError` hears what was refused.
 */
export function bind(element: BoundElement, fdc3: Fdc3, bindings: Bindings, onError: (error: unknown) => void): () => void {
  const stops: (() => void)[] = [];
  for (const input of bindings.inputs ?? []) {
    const hear = (context: Context): void => {
      try {
        show(element, input, context);
      } catch (error) {
        onError(error); // a setter of the element's own
      }
    };
    fdc3.addContextListener(input.context, hear).catch(onError);
    fdc3
      .getOrCreateChannel(DASHBOARD)
      .then((dashboard) => dashboard.addContextListener(input.context, hear))
      .catch(onError);
  }
  for (const output of bindings.outputs ?? []) {
    const send = (fired: Event): void => {
      const value = said(element, output, fired);
      if (value === undefined || value === null) return;
      const context: Context = { type: output.context };
      putPath(context, output.as, value);
      fdc3.broadcast(context).catch(onError);
    };
    element.addEventListener(output.event, send);
    stops.push(() => element.removeEventListener(output.event, send));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

/** undefined takes it away: a filter was cleared, or the context has no such part. */
function show(element: BoundElement, { take, value: constant, attribute, property }: Input, context: Context): void {
  const value = isClear(context) ? undefined : take === undefined ? constant : takePath(context, take);
  if (property !== undefined) (element as unknown as Record<string, unknown>)[property] = value;
  else if (attribute !== undefined) setAttribute(element, attribute, value);
}

function said(element: BoundElement, { take, property, value }: Output, fired: Event): unknown {
  if (take !== undefined) return takePath(fired, take);
  return property === undefined ? value : (element as unknown as Record<string, unknown>)[property];
}

/** An attribute holds text, a number or a flag; for anything else there is none. */
function setAttribute(element: BoundElement, attribute: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'number') element.setAttribute(attribute, String(value));
  else if (value === true) element.setAttribute(attribute, '');
  else element.removeAttribute(attribute);
}
