import { expect, it } from 'vitest';
import { sealOf } from './sealed';

const [mine, another] = [
  await sealOf(Buffer.alloc(32, 1).toString('base64url')),
  await sealOf(Buffer.alloc(32, 255).toString('base64url')),
];

it('is read by the same key, and shows nothing of what it holds', async () => {
  const sealed = await mine.seal('Markets morning', '/d/sales');
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('Markets');
  expect(await mine.open(sealed, '/d/sales')).toBe('Markets morning');
  expect(await mine.addressOf('/d/sales')).not.toContain('sales');
  expect(await mine.seal('Markets morning', '/d/sales')).not.toEqual(sealed);
});

it('is not read by another key, as another place’s, or once a byte of it is another one', async () => {
  const sealed = await mine.seal('Markets morning', '/d/sales');
  await expect(another.open(sealed, '/d/sales')).rejects.toThrow();
  await expect(mine.open(sealed, '/d/hr')).rejects.toThrow();
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
    await expect(mine.open(changed, '/d/sales')).rejects.toThrow();
  }
  expect(another.name).not.toBe(mine.name);
  expect(await another.addressOf('/d/sales')).not.toBe(await mine.addressOf('/d/sales'));
});
