import { describe, expect, it } from 'vitest';
import { insertionAt, type Pointing, placeOf, rectOf, spotAfterKey, spotAt, type Target, wordsOf } from './drop-zones';

const tab = (panel: string, x: number) => ({ panel, rect: { x, y: 0, width: 40, height: 32 } });
const targets: Target[] = [
  { panels: ['a', 'b'], title: 'Instruments', rect: { x: 0, y: 0, width: 200, height: 200 }, tabs: [tab('a', 0), tab('b', 40)] },
  { panels: ['c'], title: 'Chart', rect: { x: 206, y: 0, width: 200, height: 200 }, tabs: [tab('c', 206)] },
];
const pointing = (panel?: string): Pointing => ({ targets, size: { width: 406, height: 200 }, panel });

describe('a drop zone', () => {
  it.each([
    [30, 100, 'left'],
    [180, 100, 'right'],
    [100, 40, 'top'],
    [100, 180, 'bottom'],
    [100, 100, 'center'],
  ])('at %i, %i is the %s of the stack', (x, y, zone) => {
    expect(spotAt(pointing(), x, y)).toEqual({ target: 0, zone });
  });

  it('is the nearest stack between two, an edge of the whole at the rim, and nowhere outside', () => {
    expect(spotAt(pointing(), 202, 100)).toEqual({ target: 0, zone: 'right' });
    expect(spotAt(pointing(), 204, 100)).toEqual({ target: 1, zone: 'left' });
    expect(spotAt(pointing(), 3, 100)).toEqual({ target: -1, zone: 'left' });
    expect(spotAt(pointing(), 300, 195)).toEqual({ target: -1, zone: 'bottom' });
    for (const [x, y] of [
      [100, -20],
      [-20, 100],
      [100, 240],
      [440, 100],
    ] as const)
      expect(spotAt(pointing(), x, y)).toBeUndefined();
  });

  it('is between two tabs on a strip of tabs, shown by a line', () => {
    const second = spotAt(pointing(), 45, 16);
    expect(second).toEqual({ target: 0, zone: 'center', index: 1 });
    expect(second && insertionAt(second, pointing())).toMatchObject({ x: 39, width: 2 });
    expect(spotAt(pointing(), 5, 16)).toMatchObject({ index: 0 });
    expect(spotAt(pointing(), 190, 16)).toMatchObject({ index: 2 });
    expect(second && placeOf(second, targets)).toEqual({ into: 'a', index: 1 });
  });

  it('is not where the panel is already', () => {
    expect(spotAt(pointing('c'), 300, 100)).toBeUndefined();
    expect(spotAt(pointing('a'), 100, 100)).toBeUndefined();
    expect(spotAt(pointing('a'), 30, 16)).toBeUndefined();
    expect(spotAt(pointing('a'), 75, 16)).toEqual({ target: 0, zone: 'center', index: 1 });
    const alone = { targets: targets.slice(1), size: { width: 406, height: 200 }, panel: 'c' };
    for (const x of [208, 300, 404]) expect(spotAt(alone, x, 100)).toBeUndefined();
  });

  it('is chosen by arrow keys: to that side, on to the next stack, at last to the edge of the whole, and back', () => {
    const right = spotAfterKey('ArrowRight', { target: 0, zone: 'center' }, targets);
    expect(right).toEqual({ target: 0, zone: 'right' });
    expect(spotAfterKey('ArrowLeft', right, targets)).toEqual({ target: 0, zone: 'center' });
    const next = spotAfterKey('ArrowRight', right, targets);
    expect(next).toEqual({ target: 1, zone: 'left' });
    const edge = spotAfterKey('ArrowRight', { target: 1, zone: 'right' }, targets);
    expect(edge).toEqual({ target: -1, zone: 'right' });
    expect(spotAfterKey('ArrowLeft', edge, targets)).toEqual({ target: 1, zone: 'right' });
    expect(spotAfterKey('ArrowDown', edge, targets)).toEqual({ target: -1, zone: 'bottom' });
    expect(spotAfterKey('ArrowRight', { target: 0, zone: 'right' }, targets.slice(0, 1))).toEqual({ target: 0, zone: 'right' });
  });

  it('says in words and in pixels what a drop would do, and does that', () => {
    const square = { x: 0, y: 0, width: 90, height: 90 };
    expect(wordsOf({ target: 0, zone: 'bottom' }, targets)).toBe('Place below Instruments');
    expect(rectOf({ target: 0, zone: 'bottom' }, square)).toEqual({ x: 0, y: 45, width: 90, height: 45 });
    expect(placeOf({ target: 0, zone: 'bottom' }, targets)).toEqual({ beside: 'a', side: 'bottom' });
    expect(placeOf({ target: 1, zone: 'center' }, targets)).toEqual({ into: 'c' });
    expect(placeOf({ target: -1, zone: 'center' }, [])).toEqual({ at: 'end' });
    expect(wordsOf({ target: -1, zone: 'left' }, targets)).toBe('Place along the left edge');
    expect(rectOf({ target: -1, zone: 'left' }, square)).toEqual({ x: 0, y: 0, width: 30, height: 90 });
    expect(placeOf({ target: -1, zone: 'left' }, targets)).toEqual({ edge: 'left' });
  });
});
