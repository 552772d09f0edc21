import type { WidgetManifest } from '@datamesh/contracts';
import { mistakesIn, pageSchema, TooMuchToCheck } from '../schema/linear-validation';
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
  const schema = { type: 'object', ...(manifest.settings ? pageSchema(manifest.settings) : { additionalProperties: false }) };
  const errors = mistakes(schema, next);
  if (errors.length === 0) return;
  const deepest = [...errors].sort((a, b) => b.instanceLocation.length - a.instanceLocation.length)[0];
  const what = deepest?.keyword === 'format' ? 'not of the expected form' : deepest?.error;
  throw new SettingsRefused(deepest?.instanceLocation.replace(/^#/, '') ?? '', what ?? 'not allowed');
}

function mistakes(schema: Record<string, unknown>, value: unknown): ReturnType<typeof mistakesIn> {
  try {
    return mistakesIn(schema, value);
  } catch (error) {
    if (!(error instanceof TooMuchToCheck)) throw error;
    throw new SettingsRefused('', 'too much to check');
  }
}
