import type { Context, WidgetManifest } from '@datamesh/contracts';
import { eventType } from '../../interop/bindings';

/** One value of what a panel said, and where it is. */
export interface PayloadNode {
  /** `id.ticker`; unique in its tree. */
  path: string;
  name: string;
  /** Short enough for one line; empty where there is something within. */
  shown: string;
  /** Whether a wire can take it: there are names that no path can hold. */
  takeable: boolean;
  within: PayloadNode[];
}

const MAX_NODES = 200;
const DEEPEST = 8;
const LONGEST = 60;
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const PLACE = /^[0-9]{1,4}$/;

/** As a tree, of which the first 200 values are shown. */
export function payloadTree(payload: Context): PayloadNode[] {
  let left = MAX_NODES;
  const within = (value: object, above: string, takeable: boolean, depth: number): PayloadNode[] =>
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
      if (left-- <= 0) return [];
      const path = above === '' ? name : `${above}.${name}`;
      const fits = takeable && path.length <= 120 && (NAME.test(name) || (above !== '' && PLACE.test(name)));
      const holds = typeof inner === 'object' && inner !== null && depth < DEEPEST;
      const children = holds ? within(inner, path, fits, depth + 1) : [];
      return [{ path, name, shown: children.length > 0 ? '' : inOneLine(inner), takeable: fits, within: children }];
    });
  const { type: _type, ...rest } = payload;
  return within(rest, '', true, 0);
}

function inOneLine(value: unknown): string {
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** Something that a panel says or does, by which a wire may begin. */
export interface Saying {
  /** As the interop keeps it: a context's type, or `event:<name>`. */
  type: string;
  context?: string;
  event?: string;
  /** The last of it; undefined where it has not been heard yet. */
  last: Context | undefined;
}

const CONTEXT_TYPE = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/;
/** What fields fire, and elements that are like fields: nobody has to declare it. */
const OF_FIELDS = ['change', 'input', 'select', 'toggle'];
export const EVENT_NAME = /^[A-Za-z][A-Za-z0-9_:.-]{0,79}$/;

/** What it has said, the latest first, then what its widget.json declares. */
export function sayingsOf(said: readonly Context[], manifest: WidgetManifest | null): Saying[] {
  const last = new Map(said.toReversed().map((context) => [context.type, context]));
  const outputs = manifest?.bindings?.outputs ?? [];
  const declared = [
    ...(manifest?.broadcasts ?? []),
    ...outputs.map(({ context }) => context),
    ...outputs.map(({ event }) => eventType(event)),
  ];
  return [...new Set([...last.keys(), ...declared])].flatMap((type) => {
    const saying = sayingOf(type);
    return saying ? [{ ...saying, last: last.get(type) }] : [];
  });
}

/** Events of an element that are worth looking at before there is a wire: those that its widget.json names, and those of fields. */
export const eventsOf = (manifest: WidgetManifest | null): string[] => [
  ...new Set([...(manifest?.bindings?.outputs ?? []).map(({ event }) => event), ...OF_FIELDS]),
];

export function sayingOf(type: string): Omit<Saying, 'last'> | null {
  const event = type.startsWith(eventType('')) ? type.slice(eventType('').length) : null;
  if (event !== null) return EVENT_NAME.test(event) ? { type, event } : null;
  return CONTEXT_TYPE.test(type) && type.length <= 80 ? { type, context: type } : null;
}
