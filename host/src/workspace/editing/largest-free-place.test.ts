import { addPanel, emptyLayout, panelsOf } from '@datamesh/layout';
import { describe, expect, it } from 'vitest';
import { largestFreePlace } from './largest-free-place';

const panel = { widget: 'a-table@stable' };
const wide = { width: 1200, height: 800 };

describe('the largest free place', () => {
  it('is the whole of an empty layout', () => {
    expect(largestFreePlace(emptyLayout('x'), wide)).toEqual({ at: 'end' });
  });

  it('halves the largest stack along its longer side', () => {
    const one = addPanel(emptyLayout('x'), 'a', panel, { at: 'end' });
    expect(largestFreePlace(one, wide)).toEqual({ beside: 'a', side: 'right' });
    const two = addPanel(one, 'b', panel, largestFreePlace(one, wide));
    expect(largestFreePlace(two, wide)).toEqual({ beside: 'a', side: 'bottom' });
    const three = addPanel(two, 'c', panel, largestFreePlace(two, wide));
    expect(largestFreePlace(three, wide)).toEqual({ beside: 'b', side: 'bottom' });
    expect(panelsOf(three.tree)).toEqual(['a', 'c', 'b']);
  });
});
