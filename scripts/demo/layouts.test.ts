import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLayoutContent } from '@datamesh/contracts/node';
import { validate } from '@datamesh/layout';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { layouts } from './layouts.ts';

const remotes = join(import.meta.dirname, '../../remotes');

describe.each(Object.entries(layouts))('the demo layout of %s', (_department, layout) => {
  it('is a layout in which every panel has one place', () => {
    expect(checkLayoutContent(layout)).toEqual([]);
    expect(validate(layout)).toEqual([]);
  });

  it.each(Object.entries(layout.panels))('gives %s only settings that its widget knows', (_id, panel) => {
    const [name = ''] = panel.widget.split('@');
    const manifest = join(remotes, name, 'widget.json');
    expect(existsSync(manifest)).toBe(true);
    const { settings = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { settings?: object };
    const check = new Ajv2020({ strict: false }).compile({ ...settings, additionalProperties: false });
    check(panel.settings);
    expect(check.errors).toBeNull();
  });
});
