import { beforeEach, expect, it } from 'vitest';
import type { News } from './book';
import { type KeeperPorts, Notifications } from './keeper';

/** As much of a browser as its tabs share: each is told what another one wrote, when the test says so. */
const kept = new Map<string, string>();
let now = 0;
class Tab {
  #heard: (key: string | null) => void = () => undefined;
  readonly notifications: Notifications;

  constructor(user = 'alex', storage: Partial<Storage> = {}) {
    const ports: KeeperPorts = {
      storage: () => ({
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
        ...storage,
      }),
      onOtherTab: (listener) => (this.#heard = listener),
      now: () => now++,
    };
    this.notifications = new Notifications(user, ports);
    this.notifications.start(new AbortController().signal);
  }

  hear(key: string | null = 'dm.notifications.alex'): void {
    this.#heard(key);
  }

  get facts(): string[] {
    return this.notifications.store.getSnapshot().entries.map(({ fact }) => fact);
  }

  get unread(): number {
    return this.notifications.store.getSnapshot().entries.filter(({ read }) => !read).length;
  }
}

const swap = (version: string): News => ({ kind: 'swapped', topic: 'swapped notes@stable', fact: version, values: { title: 'Notes' } });

beforeEach(() => kept.clear());

it('keeps what was told over a reload, with what was read, and never tells twice', () => {
  const before = new Tab();
  expect([before.notifications.note(swap('1.1.0')), before.notifications.note(swap('1.1.0'))]).toEqual([true, false]);
  before.notifications.markRead();
  before.notifications.note(swap('1.2.0'));
  const after = new Tab();
  expect([after.facts, after.unread]).toEqual([['1.2.0', '1.1.0'], 1]);
  expect(after.notifications.note(swap('1.2.0'))).toBe(false);
});

it('has one entry for what two tabs heard, also before either was told of the other', () => {
  const [one, other] = [new Tab(), new Tab()];
  one.notifications.note(swap('1.1.0'));
  expect(other.notifications.note(swap('1.1.0'))).toBe(false);
  one.hear();
  other.hear();
  expect([one.facts, other.facts]).toEqual([['1.1.0'], ['1.1.0']]);
  other.notifications.markRead();
  one.hear();
  expect([one.unread, other.unread]).toEqual([0, 0]);
});

it('loses nothing where two tabs write at once, and they come to rest', () => {
  const [one, other] = [new Tab(), new Tab()];
  one.notifications.note({ ...swap('1.1.0'), topic: 'one' });
  const first = kept.get('dm.notifications.alex') ?? '';
  // The other one had not seen that when it wrote.
  kept.clear();
  other.notifications.note({ ...swap('2.0.0'), topic: 'other' });
  one.hear();
  expect(kept.get('dm.notifications.alex')).not.toBe(first);
  const both = kept.get('dm.notifications.alex');
  other.hear();
  expect([one.facts, other.facts]).toEqual([
    ['2.0.0', '1.1.0'],
    ['2.0.0', '1.1.0'],
  ]);
  expect(kept.get('dm.notifications.alex')).toBe(both);
});

it('shows nobody what is somebody else’s, and leaves nothing after signing out, in no tab', () => {
  const [alex, again] = [new Tab(), new Tab()];
  alex.notifications.note(swap('1.1.0'));
  again.hear();
  expect(new Tab('casey').facts).toEqual([]);
  alex.notifications.forget();
  again.hear();
  expect([[...kept], alex.facts, again.facts]).toEqual([[], [], []]);
});

it('still tells where the browser keeps nothing', () => {
  const full = new Tab('alex', {
    setItem: () => {
      throw new Error('the quota is used up');
    },
  });
  full.notifications.note(swap('1.1.0'));
  expect([full.facts, full.unread]).toEqual([['1.1.0'], 1]);
});
