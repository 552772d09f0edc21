/** A hand on the mouse, or a finger: what `userEvent` has no words for, as it is held down meanwhile. */
import { commands } from 'vitest/browser';
import type { Button, Step } from './hand.commands';
import { afterwards } from './mounting';

export type { Button };
export type Point = readonly [x: number, y: number];

export const centreOf = (element: Element): Point => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
};

const play = (...steps: Step[]): Promise<void> => commands.hand(steps);

export const hover = (at: Point, steps = 1): Promise<void> => play({ move: at, steps });

/** Takes hold and carries it there, in steps as a hand does it, without letting go; a test that fails lets go of it. */
export async function carry(from: Point, to: Point, button: Button = 'left'): Promise<void> {
  afterwards(() => play({ up: button }));
  await play({ move: from }, { down: button }, { move: [from[0] + 20, from[1] + 20], steps: 4 }, { move: to, steps: 8 });
}

export const press = (button: Button = 'left'): Promise<void> => play({ down: button });
export const release = (button: Button = 'left'): Promise<void> => play({ up: button });

/** One finger from there along a line, in twenty steps, without lifting it. */
export const dragFinger = ([x, y]: Point, [toX, toY]: Point): Promise<void> =>
  play(
    { touch: 'touchStart', at: [x, y] },
    ...Array.from({ length: 20 }, (_, step): Step => {
      const done = (step + 1) / 20;
      return { touch: 'touchMove', at: [x + (toX - x) * done, y + (toY - y) * done] };
    }),
  );

/** One finger over something and off again, as quickly as a hand does it: a slow one is no swipe. */
export function swipe(over: Element, across: number, down = 0): Promise<void> {
  const [x, y] = centreOf(over);
  return play(
    { touch: 'touchStart', at: [x, y], after: 0 },
    ...[1, 2, 3, 4, 5].map(
      (step): Step => ({ touch: 'touchMove', at: [x + (across * step) / 5, y + (down * step) / 5], after: step * 20 }),
    ),
    { touch: 'touchEnd', after: 120 },
  );
}

export const liftFinger = (): Promise<void> => play({ touch: 'touchEnd' });

/** A key while something is held, by Playwright's name for it; `userEvent` waits until nothing is. */
export const pressKey = (key: string): Promise<void> => play({ key });
