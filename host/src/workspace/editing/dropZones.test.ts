import { describe, expect, it } from 'vitest';
import { placeOf, rectOf, spotAfterKey, spotAt, type Target, wordsOf } from './dropZones';

const targets: Target[] = [
  { panels: ['a', 'b'], title: 'Instruments', rect: { x: 0, y: 0, width: 100, height: 100 } },
  { panels: ['c'], title: 'Chart', rect: { x: 106, y: 0, width: 100, height: 100 } },
];

describe('a drop zone', () => {
  it.each([
    [5, 50, 'left'],
    [95, 50, 'right'],
    [50, 5, 'top'],
    [50, 95, 'bottom'],
    [50, 50, 'center'],
  ])('at %i, %i is the %s of the stack', (x, y, zone) => {
    expect(spotAt(targets, x, y)).toEqual({ target: 0, zone });
  });

  it('is nowhere between and outside of the stacks', () => {
    expect(spotAt(targets, 103, 50)).toBeUndefined();
    expect(spotAt(targets, 50, 200)).toBeUndefined();
  });

  it('is chosen by arrow keys: to that side, then on to the next stack, and back', () => {
    const right = spotAfterKey('ArrowRight', { target: 0, zone: 'center' }, targets);
    expect(right).toEqual({ target: 0, zone: 'right' });
    expect(spotAfterKey('ArrowLeft', right, targets)).toEqual({ target: 0, zone: 'center' });
    const next = spotAfterKey('ArrowRight', right, targets);
    expect(next).toEqual({ target: 1, zone: 'left' });
    expect(spotAfterKey('ArrowRight', { target: 1, zone: 'right' }, targets)).toEqual({ target: 1, zone: 'right' });
  });

  it('says in words and in pixels what a drop would do, and does that', () => {
    expect(wordsOf({ target: 0, zone: 'bottom' }, targets)).toBe('Place below Instruments');
    expect(rectOf({ target: 0, zone: 'bottom' }, { x: 0, y: 0, width: 100, height: 100 })).toEqual({ x: 0, y: 50, width: 100, height: 50 });
    expect(placeOf({ target: 0, zone: 'bottom' }, targets)).toEqual({ beside: 'a', side: 'bottom' });
    expect(placeOf({ target: 1, zone: 'center' }, targets)).toEqual({ into: 'c' });
    expect(placeOf({ target: -1, zone: 'center' }, [])).toEqual({ at: 'end' });
  });
});
