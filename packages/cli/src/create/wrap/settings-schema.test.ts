import { expect, it } from 'vitest';
import { preset, readAttribute, settingsOf } from './settings-schema';

const typesOf = (attributes: Record<string, string | undefined>) => {
  const { properties, leftOut } = settingsOf(
    new Map(Object.entries(attributes).map(([name, type]) => [name, { type, description: undefined }])),
  );
  return [Object.fromEntries(Object.entries(properties).map(([name, { type, enum: among }]) => [name, among ?? type])), leftOut];
};

it('makes a setting of each attribute whose type a form can show', () => {
  expect(
    typesOf({
      label: 'string',
      hint: 'string | undefined',
      max: 'number | null',
      open: 'boolean',
      size: `'small' | "large" | undefined`,
      gap: `'auto' | string`,
      untyped: undefined,
      rows: 'Row[]',
      look: 'Appearance | undefined',
    }),
  ).toEqual([
    { label: 'string', hint: 'string', max: 'number', open: 'boolean', size: ['small', 'large'], gap: 'string', untyped: 'string' },
    ['rows (Row[])', 'look (Appearance | undefined)'],
  ]);
});

it('makes none of what the contract keeps to the page, or a reader has no use for', () => {
  expect(
    typesOf({ onclick: 'string', style: 'string', slot: 'string', title: 'string', 'aria-label': 'string', tabindex: 'number' }),
  ).toEqual([{}, []]);
});

it('reads what a person says of an attribute', () => {
  expect(readAttribute('max:number=5')).toEqual({ name: 'max', type: 'number', preset: '5' });
  expect(readAttribute('label=a:b=c')).toEqual({ name: 'label', type: undefined, preset: 'a:b=c' });
  for (const wrong of ['', 'max:date', 'onclick=x', 'Max', 'style=color:red']) expect(readAttribute(wrong), wrong).toBeUndefined();
  expect(preset({ type: 'boolean', title: '' }, 'false').default).toBe(false);
  expect(preset({ type: 'number', title: '' }, '5').default).toBe(5);
});
