/** The form that is made of a widget's schema, whatever the schema is. */
import { contentOf } from '@datamesh/layout';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Resolution } from '../remotes/resolution';
import { mount } from '../testing/mounting';
import { SettingsForm } from './SettingsForm';
import './settings.css';

type Settings = Record<string, unknown>;

/** With a layout around it that keeps what is changed; `become`: somebody else, or undo, changes it. */
function form(settingsSchema: object, before: Settings = {}, wired?: ReadonlyMap<string, string>) {
  const labels: string[] = [];
  const seen: { settings: Settings; become(settings: Settings): void } = { settings: before, become: () => undefined };
  const resolution = { version: '1.0.0', widget: { settings: settingsSchema } } as Resolution;
  function Held() {
    const [settings, setSettings] = useState(before);
    seen.settings = settings;
    seen.become = setSettings;
    const panel = { widget: 'made@stable', settings };
    const content = contentOf({ title: 'Test', tree: { type: 'stack', active: 0, panels: ['p'] }, panels: { p: panel } });
    return (
      <SettingsForm
        id="p"
        panel={panel}
        resolution={resolution}
        manifests={[]}
        {...(wired ? { wired } : {})}
        edit={(change, label) => {
          labels.push(label);
          setSettings(change(content).panels['p']?.settings ?? {});
        }}
      />
    );
  }
  mount(<Held />);
  return { labels, seen };
}

const described = (element: Element): string =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

const symbol = { type: 'string', title: 'Symbol', description: 'As the exchange writes it.', minLength: 2, maxLength: 5 };

it('says at a setting that a wire sets it as well', async () => {
  form({ type: 'object', properties: { symbol, size: { type: 'integer', title: 'Size' } } }, {}, new Map([['symbol', 'A wire sets it.']]));
  await expect
    .poll(() => described(page.getByLabelText('Symbol').element()))
    .toContain('A wire sets it. What stands here is used until then.');
  expect(described(page.getByLabelText('Size').element())).not.toContain('wire');
});

it('has each field by its label, with its description and its error read along; what is not valid reaches nobody', async () => {
  const { seen, labels } = form({ type: 'object', properties: { symbol } }, { symbol: 'IBM' });
  const field = page.getByLabelText('Symbol');
  await expect.element(field).toHaveValue('IBM');
  expect(described(field.element())).toContain('As the exchange writes it.');
  await userEvent.fill(field, 'I');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => described(field.element())).toMatch(/2/);
  expect([seen.settings, labels]).toEqual([{ symbol: 'IBM' }, []]);
  await userEvent.fill(field, 'IT');
  await expect.element(field).toHaveAttribute('aria-invalid', 'false');
  await expect.poll(() => seen.settings).toEqual({ symbol: 'IT' });
  expect(new Set(labels)).toEqual(new Set(['Change settings']));
});

it('gives way to undo, also what is typed and not yet valid', async () => {
  const { seen } = form({ type: 'object', properties: { symbol } }, { symbol: 'IBM' });
  const field = page.getByLabelText('Symbol');
  await userEvent.fill(field, 'X');
  seen.become({ symbol: 'AAPL' });
  await expect.element(field).toHaveValue('AAPL');
  await expect.element(field).toHaveAttribute('aria-invalid', 'false');
});

it('is worked by keys alone: through its fields, into a choice, and out of it', async () => {
  const size = { type: 'string', title: 'Size', enum: ['small', 'medium', 'large'], default: 'small' };
  const { seen } = form({ type: 'object', properties: { symbol, size, live: { type: 'boolean', title: 'Live' } } });
  page.getByLabelText('Symbol').element().focus();
  await userEvent.keyboard('{Tab}');
  const choice = page.getByRole('button', { name: /Size/ });
  await expect.element(choice).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('listbox')).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await expect.poll(() => seen.settings).toEqual({ size: 'large' });
  await expect.element(choice).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{Escape}');
  await expect.element(choice).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await userEvent.keyboard(' ');
  await expect.poll(() => seen.settings).toEqual({ size: 'large', live: true });
});

it('keeps what is the default out of the layout, and goes back to it', async () => {
  const { seen, labels } = form({ type: 'object', properties: { count: { type: 'integer', title: 'Count', default: 3 } } });
  const reset = page.getByRole('button', { name: 'Reset to defaults' });
  const field = page.getByLabelText('Count');
  await expect.element(field).toHaveValue(3);
  await expect.element(reset).toBeDisabled();
  await userEvent.fill(field, '5');
  await expect.poll(() => seen.settings).toEqual({ count: 5 });
  await userEvent.click(reset);
  await expect.poll(() => seen.settings).toEqual({});
  await expect.element(field).toHaveValue(3);
  expect(labels).toContain('Reset settings');
});

it('adds to a list, orders and shortens it by buttons that say which item they mean', async () => {
  const columns = { type: 'array', title: 'Columns', items: { type: 'string' } };
  const { seen } = form({ type: 'object', properties: { columns } }, { columns: ['a', 'b'] });
  await userEvent.click(page.getByRole('button', { name: 'Move item 1 down' }));
  await expect.poll(() => seen.settings).toEqual({ columns: ['b', 'a'] });
  await expect.element(page.getByRole('button', { name: 'Move item 1 up' })).toBeDisabled();
  await userEvent.click(page.getByRole('button', { name: 'Add to columns' }));
  const fields = page.getByRole('group', { name: 'Columns' }).getByRole('textbox');
  await expect.poll(() => fields.elements().length).toBe(3);
  await userEvent.fill(fields.last(), 'c');
  await expect.poll(() => seen.settings).toEqual({ columns: ['b', 'a', 'c'] });
  await userEvent.click(page.getByRole('button', { name: 'Remove item 2' }));
  await expect.poll(() => seen.settings).toEqual({ columns: ['b', 'c'] });
});

describe('a schema that no form was made for', () => {
  const hostile = '<img src=x onerror="globalThis.ran = true"><b>bold</b>';

  it('has its words shown as words', async () => {
    form({
      type: 'object',
      properties: { a: { type: 'string', title: hostile, description: hostile }, b: { type: 'string', enum: [hostile], default: hostile } },
    });
    await expect.element(page.getByRole('textbox', { name: hostile })).toBeVisible();
    expect(document.querySelector('.field img, .field b, .choice img')).toBeNull();
    expect(Object.hasOwn(globalThis, 'ran')).toBe(false);
  });

  it.each<[string, object, Settings]>([
    [
      'that contains itself',
      { $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } }, $ref: '#/$defs/node' },
      {},
    ],
    ['that is nothing but itself', { $defs: { a: { $ref: '#/$defs/a' } }, properties: { x: { $ref: '#/$defs/a' } } }, {}],
    ['with ten thousand options', { properties: { of: { type: 'string', enum: Array.from({ length: 10_000 }, (_, i) => `o${i}`) } } }, {}],
    [
      'of thirty levels',
      Array.from({ length: 30 }).reduce<object>((inner) => ({ type: 'object', properties: { in: inner } }), { type: 'string' }),
      {},
    ],
    [
      'with a name of the prototype',
      { properties: JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "string"}}') },
      {},
    ],
    ['of no type, for a value of another', { properties: { x: {} } }, { x: { deep: [1] } }],
    [
      'whose values are of another type',
      { properties: { x: { type: 'string' }, y: { type: 'array', items: { type: 'string' } } } },
      { x: [1], y: 'no' },
    ],
  ])('%s leaves the rest of the form as it is', async (_, part, before) => {
    const { properties = {}, ...rest } = part as { properties?: object };
    const { seen } = form({ type: 'object', ...rest, properties: { ...properties, symbol } }, before);
    const field = page.getByLabelText('Symbol');
    await userEvent.fill(field, 'IBM');
    await expect.element(field).toHaveValue('IBM');
    await expect.poll(() => page.getByRole('button', { name: 'Reset to defaults' }).elements().length).toBe(1);
    expect(seen.settings).toMatchObject(before);
  });

  it('whose pattern would never end is answered at once', async () => {
    const { seen } = form({ type: 'object', properties: { name: { type: 'string', title: 'Name', pattern: '^(a+)+$' } } });
    const field = page.getByLabelText('Name');
    await userEvent.fill(field, `${'a'.repeat(200)}!`);
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    expect(seen.settings).toEqual({});
  });
});
