import { describe, expect, it } from 'vitest';
import { swipeOf } from './swipe';

const from = { x: 200, y: 300, at: 0 };
const swipe = (x: number, y: number, at = 200, start = from) => swipeOf(start, { x: start.x + x, y: start.y + y, at: start.at + at }, 390);

describe('a finger', () => {
  it('goes to the next tab to the left, to the one before to the right', () => {
    expect(swipe(-80, 10)).toBe(1);
    expect(swipe(80, -10)).toBe(-1);
  });

  it('scrolls where it goes up or down as well', () => {
    expect(swipe(-80, 60)).toBe(0);
    expect(swipe(60, -300)).toBe(0);
  });

  it('does nothing where it goes hardly anywhere, rests, or comes from the edge of the screen', () => {
    expect(swipe(-40, 0)).toBe(0);
    expect(swipe(-80, 0, 900)).toBe(0);
    expect(swipe(80, 0, 200, { ...from, x: 5 })).toBe(0);
    expect(swipe(-80, 0, 200, { ...from, x: 385 })).toBe(0);
  });
});
