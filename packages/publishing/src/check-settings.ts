/** The settings schema of a widget.json: a JSON Schema 2020-12 of an object, checkable in time, with names that can be attributes and defaults that hold. */
import type { WidgetManifest } from '@datamesh/contracts';
import { Budget, foresee, type Schema, schemaMistake, TooMuchToCheck } from '@datamesh/contracts/settings';
import { checkOptions } from './check-options';
import { refused } from './refusal';
import { settingsValidator } from './settings-validator';

const forbidden = new Set(['style', 'class', 'id', 'slot', 'is', 'title', 'part', 'data-theme']);
const nameForm = /^[a-z][a-z0-9-]*$/;
/** Steps that the defaults may take: a fifth of what one request has for all panels of a layout. */
const steps = 1_000_000;

export function checkSettings(manifest: WidgetManifest): void {
  const schema = manifest.settings as Schema | undefined;
  if (!schema) return;
  if (schema['type'] !== 'object') throw invalid('its type must be "object"');
  const properties = (schema['properties'] ?? {}) as Schema;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) throw invalid('its properties must be an object');
  for (const name of Object.keys(properties)) checkName(name);
  const mistake = schemaMistake(schema);
  if (mistake) throw invalid(mistake);
  checkOptions(manifest);
  checkDefaults(schema, properties);
}

function checkName(name: string): void {
  if (nameForm.test(name) && !forbidden.has(name) && !name.startsWith('on')) return;
  throw refused(
    'settings_invalid',
    `The setting "${name.slice(0, 60)}" cannot be an attribute: use lower-case letters, digits and -, and not on…, style, class, id, slot, is, title, part or data-theme`,
  );
}

function checkDefaults(schema: Schema, properties: Schema): void {
  const ajv = settingsValidator();
  if (!attempt(() => ajv.validateSchema(schema))) throw invalid(ajv.errorsText(ajv.errors, { dataVar: 'settings' }));
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' && property !== null && 'default' in property
        ? [[name, (property as { default: unknown }).default]]
        : [],
    ),
  );
  // A widget may need a setting before it can show anything: what is required need not have a default.
  const { required: _required, ...optional } = schema;
  const holds = attempt(() => {
    foresee(optional, defaults, new Budget(steps));
    return ajv.validate(optional, defaults);
  });
  if (!holds) throw invalid(`its defaults do not hold: ${ajv.errorsText(ajv.errors, { dataVar: 'settings' })}`);
}

function attempt<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw invalid(error instanceof TooMuchToCheck ? 'checking its defaults takes too long; simplify it' : (error as Error).message);
  }
}

const invalid = (why: string) => refused('settings_invalid', `settings is not a JSON Schema that can be used: ${why}`);
