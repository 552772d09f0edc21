import { expect, it } from 'vitest';
import { keepScreenAwake } from './wake-lock';

const settled = async (): Promise<void> => {
  for (let tick = 0; tick < 5; tick++) await Promise.resolve();
};

/** A screen as the browser has it: hiding the page lets go of it. */
function screen(refuses = false) {
  const said: string[] = [];
  const held = new Set<{ released: boolean }>();
  let visible = true;
  let asked = 0;
  let listener = (): void => undefined;
  const ports = {
    wakeLock: {
      request: async () => {
        asked += 1;
        if (refuses) throw new Error('the battery is low');
        const lock = {
          released: false,
          release: async () => {
            lock.released = true;
            held.delete(lock);
          },
        };
        held.add(lock);
        return lock as unknown as WakeLockSentinel;
      },
    },
    visible: () => visible,
    onVisibility: (hear: () => void) => {
      listener = hear;
      return () => {
        listener = () => undefined;
      };
    },
    say: (text: string) => void said.push(text),
  };
  const show = async (seen: boolean): Promise<void> => {
    visible = seen;
    if (!seen)
      for (const lock of held) {
        lock.released = true;
        held.delete(lock);
      }
    listener();
    await settled();
  };
  return { ports, said, show, awake: () => held.size, asked: () => asked };
}

it('is asked for again each time the page is seen again, and let go of in the end', async () => {
  const { ports, show, awake, asked } = screen();
  const stop = keepScreenAwake(ports);
  await settled();
  expect(awake()).toBe(1);
  await show(false);
  expect(awake()).toBe(0);
  await show(true);
  await show(true);
  expect([awake(), asked()]).toEqual([1, 2]);
  stop();
  await show(true);
  expect(awake()).toBe(0);
});

it('is let go of also when the kiosk is left before it was there', async () => {
  const { ports, awake } = screen();
  keepScreenAwake(ports)();
  await settled();
  expect(awake()).toBe(0);
});

it('says once that it cannot', async () => {
  const refused = screen(true);
  keepScreenAwake(refused.ports);
  await settled();
  await refused.show(false);
  await refused.show(true);
  expect([refused.said.length, refused.asked()]).toEqual([1, 2]);
  const none = screen();
  keepScreenAwake({ ...none.ports, wakeLock: undefined });
  expect(none.said).toHaveLength(1);
});
