import type { LayoutNode } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { ActiveTabs } from './active-tabs';

const stack = (active: number, ...panels: string[]): LayoutNode => ({ type: 'stack', active, panels });

describe('the front of a stack', () => {
  it("is the layout's until somebody looks at another tab", () => {
    const fronts = new ActiveTabs();
    expect(fronts.of({ panels: ['a', 'b'], active: 1 })).toBe('b');
    fronts.choose(['a', 'b'], 'a');
    expect(fronts.of({ panels: ['a', 'b'], active: 1 })).toBe('a');
    expect(fronts.applied(stack(1, 'a', 'b'))).toEqual(stack(0, 'a', 'b'));
  });

  it('stays when the layout changes something else, and gives way when the layout changes it', () => {
    const fronts = new ActiveTabs();
    fronts.choose(['a', 'b'], 'a');
    fronts.follow(stack(1, 'a', 'b'), stack(1, 'a', 'b'));
    expect(fronts.of({ panels: ['a', 'b'], active: 1 })).toBe('a');
    fronts.follow(stack(0, 'a', 'b'), stack(1, 'a', 'b'));
    expect(fronts.of({ panels: ['a', 'b'], active: 1 })).toBe('b');
  });
});
