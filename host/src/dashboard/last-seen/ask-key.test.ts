import { expect, it } from 'vitest';
import { keyIn } from './ask-key';

const key = 'lne0o9c2G7-zhs3vue-OusGF0BHdrxqEj2vChhC9C1U';

it('is the one of the cookie, over https by its other name, and no other text', () => {
  expect(keyIn(`dm_theme=dark; dm_last_seen=${key}`)).toBe(key);
  expect(keyIn(`__Host-dm_last_seen=${key}; dm_theme=dark`)).toBe(key);
  for (const cookies of ['', 'dm_last_seen=', `xdm_last_seen=${key}`, `dm_last_seen=${key}A`, `dm_last_seen=${key.slice(1)}`])
    expect(keyIn(cookies), cookies).toBeUndefined();
});
