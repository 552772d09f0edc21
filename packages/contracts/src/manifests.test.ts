import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { checkWidgetManifest } from './node';

const remotes = join(import.meta.dirname, '../../../remotes');
const made = readdirSync(remotes).filter((name) => existsSync(join(remotes, name, 'widget.json')));

describe.each(made)('widget.json of %s', (name) => {
  const manifest = JSON.parse(readFileSync(join(remotes, name, 'widget.json'), 'utf8'));

  it('is one that the registry accepts, under the name of its folder', () => {
    expect(checkWidgetManifest(manifest)).toEqual([]);
    expect(manifest.name).toBe(name);
    if (manifest.icon) expect(existsSync(join(remotes, name, manifest.icon))).toBe(true);
  });

  it('has settings whose defaults its own schema accepts', () => {
    const properties: Record<string, { default?: unknown }> = manifest.settings?.properties ?? {};
    const defaults = Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, schema.default]));
    for (const [key, value] of Object.entries(defaults)) expect(value, key).toBeDefined();
    const validate = new Ajv2020({ strict: false }).compile(manifest.settings ?? {});
    expect(validate(defaults), JSON.stringify(validate.errors)).toBe(true);
  });
});
