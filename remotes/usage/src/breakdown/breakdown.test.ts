import { expect, it } from 'vitest';
import { limitFor, rowsFor } from './breakdown';

it('asks for more rows than a panel of any height shows, so that it knows of more', () => {
  expect(rowsFor(0)).toBe(3);
  for (const height of [0, 400, 600, 670, 2000]) expect(limitFor(false), `${height}`).toBeGreaterThan(rowsFor(height));
  expect(limitFor(true)).toBeGreaterThan(limitFor(false));
});
