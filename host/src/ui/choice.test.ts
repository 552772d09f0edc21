import { beforeEach, expect, it } from 'vitest';
import { Choice, type ChoicePorts } from './choice';

/** As much of a browser as two tabs of it share. */
const kept = new Map<string, string>();
const cookies: string[] = [];
const tabs: ((key: string | null) => void)[] = [];
const ports: ChoicePorts = {
  storage: () => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }),
  setCookie: (cookie) => void cookies.push(cookie),
  onOtherTab: (listener) => void tabs.push(listener),
};
const wrote = (key: string | null): void => {
  for (const tab of tabs) tab(key);
};
const tab = (): Choice<'comfortable' | 'compact'> => new Choice('density', ['comfortable', 'compact'], ports);

beforeEach(() => {
  kept.clear();
  cookies.length = 0;
  tabs.length = 0;
});

it('applies what was kept, then what is chosen, and tells the edge', () => {
  kept.set('dm.density', 'compact');
  const applied: string[] = [];
  const density = tab();
  density.start((choice) => applied.push(choice));
  density.choose('comfortable');
  density.choose('compact');
  expect(applied).toEqual(['compact', 'comfortable', 'compact']);
  expect([...kept]).toEqual([['dm.density', 'compact']]);
  expect(cookies).toEqual([
    'dm_density=comfortable; Path=/; SameSite=Lax; Max-Age=0',
    'dm_density=compact; Path=/; SameSite=Lax; Max-Age=31536000',
  ]);
});

it('leaves no trace where nothing is chosen any more', () => {
  const density = tab();
  density.choose('compact');
  density.choose('comfortable');
  expect([...kept]).toEqual([]);
});

it('follows another tab, also one that takes out everything, and is not told of other things', () => {
  const [one, other] = [tab(), tab()];
  const applied: string[] = [];
  other.start((choice) => applied.push(choice));
  one.choose('compact');
  wrote('dm.theme');
  expect(other.now).toBe('comfortable');
  wrote('dm.density');
  expect(other.now).toBe('compact');
  kept.clear();
  wrote(null);
  expect(applied).toEqual(['comfortable', 'compact', 'comfortable']);
});

it('takes what is none of its values for nothing', () => {
  kept.set('dm.density', 'dense"><script>');
  expect(tab().now).toBe('comfortable');
});
