import type { Live } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { freshOf, keyOf } from './recent';

const event = (ts: string, path: string): Live['recent'][number] => ({
  ts,
  name: 'view',
  path,
  widget: null,
  country: null,
  browser: null,
  device: null,
});

it('tells the events that were not in the answer before', () => {
  const [old, next] = [event('2026-03-10T14:20:00Z', '/a'), event('2026-03-10T14:20:01Z', '/a')];
  expect([...freshOf([old], [next, old])]).toEqual([keyOf(next)]);
  expect(freshOf([old], [old]).size).toBe(0);
});
