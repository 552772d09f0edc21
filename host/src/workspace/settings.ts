import type { WidgetManifest } from '@datamesh/contracts';
import { isAttribute } from '../interop/bindings';

export type Settings = Readonly<Record<string, unknown>>;

interface Schema {
  type?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
}

/** What the element gets: the schema's defaults, then the layout's settings, then the viewer's own. Frozen. */
export function effectiveSettings(manifest: WidgetManifest, ...layers: (Settings | undefined)[]): Settings {
  const settings: Record<string, unknown> = defaultsOf(manifest.settings as Schema | undefined);
  for (const layer of layers)
    for (const [name, value] of Object.entries(layer ?? {})) if (value !== undefined) settings[name] = structuredClone(value);
  return freeze(settings);
}

function defaultsOf(schema: Schema | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    if (property.default !== undefined) values[name] = structuredClone(property.default);
    else if (property.properties) {
      const inner = defaultsOf(property);
      if (Object.keys(inner).length > 0) values[name] = inner;
    }
  }
  return values;
}

/** Primitive settings as attributes, so that an element without any property takes part: true is present, false is absent. */
export function attributesOf(settings: Settings): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(settings)) {
    if (!isAttribute(name)) continue;
    if (typeof value === 'string' || typeof value === 'number') attributes.set(name, String(value));
    else if (value === true) attributes.set(name, '');
  }
  return attributes;
}

export const sameSettings = (a: Settings, b: Settings): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
