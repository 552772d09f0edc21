import { expect, it } from 'vitest';
import { inLine, printable } from './printable';

it.each([
  ['a colour', '\u001b[31mred', '\\u001b[31mred'],
  ['a sequence of eight bits', '\u009b2J', '\\u009b2J'],
  ['a line that is written over', 'saved\rnot saved', 'saved\\u000dnot saved'],
  ['a direction', 'a\u202eb', 'a\\u202eb'],
])('%s is shown, not obeyed', (_, text, shown) => {
  expect([printable(text), inLine(text)]).toEqual([shown, shown]);
});

it('leaves what people write as it is', () => {
  const text = 'Größen “α” مبيعات 😀 a‍b';
  expect([printable(text), inLine(text)]).toEqual([text, text]);
  expect(printable('one\n\ttwo')).toBe('one\n\ttwo');
});

it('keeps a name in its line', () => {
  expect(inLine('a\n::stop-commands::x')).toBe('a\\u000a::stop-commands::x');
});
