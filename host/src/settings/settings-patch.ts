import type { RJSFSchema } from '@rjsf/utils';

/** How a setting is asked for, where the schema alone does not tell rjsf: long texts in a wide field, choices that come from elsewhere in a picker. */
export function uiSchemaOf(schema: RJSFSchema): Record<string, unknown> {
  const ui: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue;
    if (hasOptions(property)) ui[name] = { 'ui:widget': 'OptionsWidget' };
    if (hasOptions(property.items)) ui[name] = { items: { 'ui:widget': 'OptionsWidget' } };
    const long =
      property.type === 'string' && !property.enum && ((property.maxLength ?? 0) > 500 || property.contentMediaType?.startsWith('text/'));
    if (long) ui[name] = { 'ui:widget': 'textarea' };
  }
  return ui;
}

/** The same, with what sets a setting besides the form: by its name, in words. */
export function withWires(ui: Record<string, unknown>, wired: ReadonlyMap<string, string>): Record<string, unknown> {
  const wires = [...wired].map(([name, sentence]) => [name, { ...(ui[name] as object), 'ui:wired': sentence }] as const);
  return { ...ui, ...Object.fromEntries(wires) };
}

const hasOptions = (schema: unknown): boolean => typeof schema === 'object' && schema !== null && 'x-options' in schema;

/** Every setting with its default where it has none. */
export function withDefaults(schema: RJSFSchema, settings: Record<string, unknown>): Record<string, unknown> {
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeof property === 'object' && property.default !== undefined ? [[name, property.default] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...settings };
}

/** What of a form is to be kept: values that are the default are left to the default, so that a later version may better it. */
export function patchOf(schema: RJSFSchema, before: Record<string, unknown>, form: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(form)])) {
    const property = schema.properties?.[name];
    const byDefault = typeof property === 'object' ? property.default : undefined;
    const value = same(form[name], byDefault) ? undefined : form[name];
    if (!same(value, before[name])) patch[name] = value;
  }
  return patch;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
