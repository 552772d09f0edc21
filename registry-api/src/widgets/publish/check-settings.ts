/** The settings schema of a widget.json: a valid JSON Schema 2020-12 of an object, with names that can be attributes and defaults that hold. */
import type { WidgetManifest } from '@datamesh/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { boundedRun, TookTooLong } from '../bounded-run';
import { refused } from './refusal';

const forbidden = new Set(['style', 'class', 'id', 'slot', 'is', 'title', 'part', 'data-theme']);
const nameForm = /^[a-z][a-z0-9-]*$/;

export function checkSettings(manifest: WidgetManifest): void {
  const schema = manifest.settings as Record<string, unknown> | undefined;
  if (!schema) return;
  if (schema['type'] !== 'object') throw invalid('its type must be "object"');
  const properties = (schema['properties'] ?? {}) as Record<string, unknown>;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) throw invalid('its properties must be an object');
  for (const name of Object.keys(properties)) checkName(name);
  checkDefaults(schema, properties);
}

function checkName(name: string): void {
  if (nameForm.test(name) && !forbidden.has(name) && !name.startsWith('on')) return;
  throw refused(
    'settings_invalid',
    `The setting "${name.slice(0, 60)}" cannot be an attribute: use lower-case letters, digits and -, and not on…, style, class, id, slot, is, title, part or data-theme`,
  );
}

function checkDefaults(schema: Record<string, unknown>, properties: Record<string, unknown>): void {
  // A validator of its own: a schema's $id must not stay behind for the next upload. References are never fetched.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });
  if (!boundedly(() => ajv.validateSchema(schema))) throw invalid(ajv.errorsText(ajv.errors, { dataVar: 'settings' }));
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' && property !== null && 'default' in property
        ? [[name, (property as { default: unknown }).default]]
        : [],
    ),
  );
  // A widget may need a setting before it can show anything: what is required need not have a default.
  const { required: _required, ...optional } = schema;
  if (!boundedly(() => ajv.validate(optional, defaults)))
    throw invalid(`its defaults do not hold: ${ajv.errorsText(ajv.errors, { dataVar: 'settings' })}`);
}

/** Compiling a schema for the first time may take a while on a machine that is busy with a hundred other things; a bad pattern never ends. */
const PATIENCE = 2500;

function boundedly<T>(check: () => T): T {
  try {
    return boundedRun(check, PATIENCE);
  } catch (error) {
    throw invalid(error instanceof TookTooLong ? 'checking its defaults takes too long; simplify its patterns' : (error as Error).message);
  }
}

const invalid = (why: string) => refused('settings_invalid', `settings is not a JSON Schema that can be used: ${why}`);
