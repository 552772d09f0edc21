import { describe, expect, it } from 'vitest';
import { comingAfter, Rotation } from './rotation';

/** A kiosk of ten seconds on which time passes by hand. */
function kiosk() {
  let now = 0;
  let planned: { at: number; run: () => void } | undefined;
  const room = {
    turns: 0,
    visible: true,
    slow: false,
    finish: (): void => undefined,
    pass,
    hide,
    now: () => rotation.now(),
    rotation: () => rotation,
  };
  const rotation = new Rotation({
    clock: {
      now: () => now,
      schedule: (wait, run) => {
        const entry = { at: now + wait, run };
        planned = entry;
        return () => {
          if (planned === entry) planned = undefined;
        };
      },
    },
    interval: 10_000,
    visible: () => room.visible,
    turn: () => {
      room.turns += 1;
      return room.slow ? new Promise((resolve) => (room.finish = resolve)) : Promise.resolve();
    },
  });
  async function pass(seconds: number): Promise<void> {
    const until = now + seconds * 1_000;
    while (planned && planned.at <= until) {
      const { at, run } = planned;
      planned = undefined;
      now = at;
      run();
      await settled();
    }
    now = until;
  }
  function hide(hidden: boolean): void {
    room.visible = !hidden;
    rotation.follow();
  }
  return room;
}

/** What was promised has happened. */
const settled = async (): Promise<void> => {
  for (let tick = 0; tick < 5; tick++) await Promise.resolve();
};

describe('a rotation', () => {
  it('turns after each interval', async () => {
    const room = kiosk();
    await room.pass(9.9);
    expect(room.turns).toBe(0);
    await room.pass(0.1);
    expect(room.turns).toBe(1);
    await room.pass(30);
    expect(room.turns).toBe(4);
  });

  it('stands still while nobody could see it, and goes on with what was left', async () => {
    const room = kiosk();
    await room.pass(7);
    room.hide(true);
    await room.pass(3_600);
    expect(room.turns).toBe(0);
    room.hide(false);
    await room.pass(2.9);
    expect(room.turns).toBe(0);
    await room.pass(0.1);
    expect(room.turns).toBe(1);
  });

  it('gives what somebody chose all of its time', async () => {
    const room = kiosk();
    await room.pass(9);
    room.rotation().restart();
    await room.pass(9);
    expect(room.turns).toBe(0);
    await room.pass(1);
    expect(room.turns).toBe(1);
  });

  it('begins the next interval when the turn is done, however long that takes', async () => {
    const room = kiosk();
    room.slow = true;
    await room.pass(600);
    expect(room.turns).toBe(1);
    room.finish();
    await settled();
    await room.pass(9);
    expect(room.turns).toBe(1);
    await room.pass(1);
    expect(room.turns).toBe(2);
  });

  it('turns at once when what is shown is pinned no more, but not while nobody could see it', async () => {
    const room = kiosk();
    room.now();
    await room.pass(0);
    expect(room.turns).toBe(1);
    room.hide(true);
    room.now();
    await room.pass(60);
    expect(room.turns).toBe(1);
    room.hide(false);
    await room.pass(0);
    expect(room.turns).toBe(2);
  });

  it('is over once it is stopped, also in the middle of a turn', async () => {
    const room = kiosk();
    room.slow = true;
    await room.pass(10);
    room.rotation().stop();
    room.finish();
    await settled();
    room.hide(true);
    room.hide(false);
    await room.pass(600);
    expect(room.turns).toBe(1);
  });
});

describe('what comes next', () => {
  it('is the next of the order, then the others, then the first again', () => {
    expect(comingAfter(['a', 'b', 'c'], 'a')).toEqual(['b', 'c']);
    expect(comingAfter(['a', 'b', 'c'], 'b')).toEqual(['c', 'a']);
    expect(comingAfter(['a', 'b', 'c'], 'c')).toEqual(['a', 'b']);
  });

  it('is the first where what is shown is pinned no more, or nothing is shown', () => {
    expect(comingAfter(['a', 'b'], 'x')).toEqual(['a', 'b']);
    expect(comingAfter(['a', 'b'], null)).toEqual(['a', 'b']);
  });

  it('is nothing where one alone is pinned, or none', () => {
    expect(comingAfter(['a'], 'a')).toEqual([]);
    expect(comingAfter([], 'a')).toEqual([]);
  });
});
