/** `x-options` of a settings schema: only where the dashboard reads it, and nothing that points nowhere. */
import type { WidgetManifest } from '@datamesh/contracts';
import { refused } from './refusal';

type OptionsFrom = { from: string; of?: string };
type Schema = Record<string, unknown>;

/** The path of a table is needed to know its columns. */
const NEEDS_TABLE = ['columns', 'orders'];
/** Schemas that are nested deeper are nobody's settings. */
const DEEPEST = 40;

/** After the manifest's own schema has said that each one is well formed. */
export function checkOptions(manifest: WidgetManifest): void {
  const settings = (manifest.settings ?? {}) as Schema;
  const properties = isSchema(settings['properties']) ? settings['properties'] : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isSchema(property)) continue;
    const { 'x-options': own, items, ...rest } = property;
    if (own !== undefined) checkOne(name, own as OptionsFrom, property, properties);
    const { 'x-options': ofItems, ...restOfItems } = isSchema(items) ? items : {};
    if (ofItems !== undefined) checkOne(name, ofItems as OptionsFrom, items as Schema, properties);
    if (mentions(rest, 0) || mentions(restOfItems, 0)) throw misplaced(name);
  }
  const { properties: _properties, ...beside } = settings;
  if (mentions(beside, 0)) throw misplaced('');
}

function checkOne(name: string, { from, of }: OptionsFrom, schema: Schema, properties: Schema): void {
  if (schema['type'] !== 'string') throw wrong(name, 'stands only where the type is "string": at a setting, or at the items of an array');
  if (!NEEDS_TABLE.includes(from)) {
    if (of !== undefined) throw wrong(name, `takes no "of" with "from": "${from}"`);
    return;
  }
  const table = of === undefined || !Object.hasOwn(properties, of) ? undefined : properties[of];
  if (of === name || !isSchema(table) || table['type'] !== 'string')
    throw wrong(
      name,
      `needs with "from": "${from}" an "of" that names another setting of type "string", which holds the path of the table`,
    );
}

/** Whether the keyword stands somewhere below; values that are no schemas (`default`, `const`, `enum`, `examples`) may hold anything. */
function mentions(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEEPEST) throw refused('settings_invalid', 'settings is nested too deeply to be read');
  if (Array.isArray(value)) return value.some((item) => mentions(item, depth + 1));
  return Object.entries(value).some(
    ([key, inner]) => key === 'x-options' || (!['default', 'const', 'enum', 'examples'].includes(key) && mentions(inner, depth + 1)),
  );
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const wrong = (name: string, why: string) => refused('settings_invalid', `x-options of the setting "${name}" ${why}`);
const misplaced = (name: string) =>
  refused(
    'settings_invalid',
    `x-options${name ? ` below the setting "${name}"` : ''} stands where nobody reads it: write it at a setting itself, or at the items of an array`,
  );
