import { type Schema, Validator } from '@cfworker/json-schema';
import type { WidgetManifest } from '@datamesh/contracts';
import type { Settings } from './settings';

/** A widget asked for settings that its own schema does not allow. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
  readonly code = 'settings_invalid';
  constructor(
    /** JSON pointer of the first mistake. */
    readonly path: string,
    what: string,
  ) {
    super(`settings${path}: ${what}`);
  }
}

/** Throws SettingsRefused. An interpreter: the page's policy forbids compiling. */
export function checkSettings(manifest: WidgetManifest, current: Settings, patch: Record<string, unknown>): void {
  const next: Record<string, unknown> = { ...current, ...patch };
  for (const [name, value] of Object.entries(patch)) if (value === undefined) delete next[name];
  const schema: Schema = { type: 'object', ...((manifest.settings as Schema | undefined) ?? { additionalProperties: false }) };
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(next);
  if (valid) return;
  const deepest = [...errors].sort((a, b) => b.instanceLocation.length - a.instanceLocation.length)[0];
  throw new SettingsRefused(deepest?.instanceLocation.replace(/^#/, '') ?? '', deepest?.error ?? 'not allowed');
}
