/** Checks the settings of panels by the schemas of their widgets. In a thread (workers/settings.ts): see settings.ts for the service's side. */
import { Budget, foresee, type Schema, TooMuchToCheck, usableSchema } from '@datamesh/contracts/settings';
import { settingsValidator } from '@datamesh/publishing';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { LRUCache } from 'lru-cache';

export interface PanelsToCheck {
  /** By version: name@version. */
  schemas: Record<string, Schema>;
  panels: { id: string; version: string; settings: Record<string, unknown> }[];
  /** Steps that all of them may take together. */
  steps: number;
}

export interface CheckedPanels {
  /** Places in what was sent, and what is wrong there. */
  errors: { path: string; message: string }[];
  /** The panel at which the steps were used up. */
  tooMuch: string | null;
}

interface Compiled {
  schema: Schema;
  validate: ValidateFunction;
}

/** A version never changes, so neither does what was compiled of it. */
const compiled = new LRUCache<string, Compiled>({ max: 200 });

export function checkPanels({ schemas, panels, steps }: PanelsToCheck): CheckedPanels {
  const budget = new Budget(steps);
  const errors: CheckedPanels['errors'] = [];
  for (const { id, version, settings } of panels) {
    const { schema, validate } = compiledOf(version, schemas[version] ?? {});
    try {
      foresee(schema, settings, budget);
    } catch (error) {
      if (!(error instanceof TooMuchToCheck)) throw error;
      return { errors, tooMuch: id };
    }
    if (validate(settings)) continue;
    for (const { instancePath, message } of validate.errors ?? [])
      errors.push({ path: `/panels/${id}/settings${instancePath}`, message: message ?? 'is not valid' });
  }
  return { errors, tooMuch: null };
}

function compiledOf(version: string, given: Schema): Compiled {
  const known = compiled.get(version);
  if (known) return known;
  const schema = usableSchema(given);
  const made = { schema, validate: settingsValidator({ useDefaults: true }).compile(schema) };
  compiled.set(version, made);
  return made;
}
