import { expect, it } from 'vitest';
import { Pointer } from './pointer';

it('is seen when it is moved, not when something moves below it, and hides after some seconds of rest', () => {
  const seen: boolean[] = [];
  let rest: (() => void) | undefined;
  const pointer = new Pointer(
    {
      now: () => 0,
      schedule: (_, run) => {
        rest = run;
        return () => {
          rest = undefined;
        };
      },
    },
    (shown) => seen.push(shown),
  );
  pointer.at(5, 5);
  pointer.at(5, 5);
  expect(seen).toEqual([]);
  pointer.at(6, 5);
  pointer.at(6, 5);
  pointer.at(7, 5);
  expect(seen).toEqual([true, true]);
  rest?.();
  expect(seen).toEqual([true, true, false]);
  pointer.seen();
  expect(seen).toEqual([true, true, false, true]);
  pointer.at(7, 6);
  pointer.stop();
  expect(rest).toBeUndefined();
});
