import type { Context, PanelBinding, WidgetManifest } from '@datamesh/contracts';
import type { Agent } from './agent';
import { DASHBOARD } from './channels';
import { isClear, putPath, takePath } from './contexts';
import type { Fdc3 } from './types';

export type Bindings = NonNullable<WidgetManifest['bindings']>;

type Input = NonNullable<Bindings['inputs']>[number];
type Output = NonNullable<Bindings['outputs']>[number];

/** As much of an element as bindings touch. */
export interface BoundElement extends EventTarget {
  getAttribute(name: string): string | null;
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
    const onContext = (context: Context): void => {
      try {
        show(element, input, context);
      } catch (error) {
        onError(error); // a setter of the element's own
      }
    };
    fdc3.addContextListener(input.context, onContext).catch(onError);
    fdc3
      .getOrCreateChannel(DASHBOARD)
      .then((dashboard) => dashboard.addContextListener(input.context, onContext))
      .catch(onError);
  }
  for (const output of bindings.outputs ?? []) {
    const send = (fired: Event): void => {
      const value = said(element, output, fired);
      if (value === undefined || value === null) return;
      const context: Context = { type: output.context };
      putPath(context, output.as, value);
      context.type = output.context; // whatever `as` names: what it is is for its widget.json to say
      fdc3.broadcast(context).catch(onError);
    };
    element.addEventListener(output.event, send);
    stops.push(() => element.removeEventListener(output.event, send));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

/** What wires of a layout do to an element beside its attributes. */
export interface WiredElement {
  element: BoundElement;
  /** undefined gives the setting back to the layout. */
  set(setting: string, value: unknown, wire: PanelBinding): void;
}

/** The contract's rule for attributes that a layout or a widget.json may set: none that could change what an element is, instead of what it shows. */
const ATTRIBUTE = /^(?!on)(?!(?:style|class|id|slot|is|title|part|data-theme)$)[a-z][a-z0-9-]*$/;
export const isAttribute = (name: string): boolean => ATTRIBUTE.test(name);

/** What another panel says becomes a setting or an attribute of this one. Answers with how to end that. */
export function wire({ element, set }: WiredElement, agent: Pick<Agent, 'follow'>, wires: readonly PanelBinding[]): () => void {
  const stops = wires.map((one) =>
    agent.follow(one.from, one.context ?? eventType(one.event ?? ''), (context) => {
      const value = taken(one, context);
      if (one.setting !== undefined) set(one.setting, value, one);
      else if (one.attribute !== undefined) setAttribute(element, one.attribute, isObject(value) ? JSON.stringify(value) : value);
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** Under this, what an element fires goes along the wires from its panel. No context is called so. */
export const eventType = (event: string): string => `event:${event}`;

/** undefined takes it away: a filter was cleared, or the context has no such part. */
function show(element: BoundElement, input: Input, context: Context): void {
  const { attribute, property } = input;
  const value = taken(input, context);
  // Its own copy: elements that know of no dashboard number, sort and extend the rows that they are given, and contexts are frozen.
  if (property !== undefined) (element as unknown as Record<string, unknown>)[property] = isObject(value) ? structuredClone(value) : value;
  else if (attribute !== undefined) setAttribute(element, attribute, value);
}

function taken({ take, value: constant }: Pick<Input, 'take' | 'value'>, context: Context): unknown {
  const value = isClear(context) ? undefined : take === undefined ? constant : takePath(context, take);
  // Plain data has none of its own: it would be what every object inherits.
  return typeof value === 'function' ? undefined : value;
}

function said(element: BoundElement, { take, property, value }: Output, fired: Event): unknown {
  if (take !== undefined) return takePath(fired, take);
  return property === undefined ? value : (element as unknown as Record<string, unknown>)[property];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** An attribute holds text, a number or a flag; for anything else there is none. One that is so already is left alone: elements draw anew for it. */
function setAttribute(element: BoundElement, attribute: string, value: unknown): void {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? '' : null;
  if (text === null) element.removeAttribute(attribute);
  else if (element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
}
