import { addPanel, emptyLayout, type Place, removePanel } from '@datamesh/layout';
import { expect, it } from 'vitest';
import { Maximised } from './maximised';

const widget = { widget: 'notes@stable' };
const added = (...panels: [string, Place][]) =>
  panels.reduce((content, [id, place]) => addPanel(content, id, widget, place), emptyLayout('x'));
const two = added(['a', { at: 'end' }], ['b', { into: 'a' }], ['c', { beside: 'a', side: 'right' }]);

it('shows one stack alone until it is restored', () => {
  const maximised = new Maximised();
  expect(maximised.shown(two.tree)).toBe(two.tree);
  maximised.toggle('b');
  expect(maximised.shown(two.tree)).toMatchObject({ type: 'stack', panels: ['a', 'b'] });
  maximised.toggle('b');
  expect(maximised.shown(two.tree)).toBe(two.tree);
});

it('is kept when tabs come and go, and given up when the stack is taken apart or away', () => {
  const maximised = new Maximised();
  maximised.toggle('a');
  maximised.shown(two.tree);
  expect(maximised.shown(removePanel(two, 'a').tree)).toMatchObject({ panels: ['b'] });
  expect(maximised.shown(addPanel(removePanel(two, 'a'), 'd', widget, { into: 'b' }).tree)).toMatchObject({ panels: ['b', 'd'] });
  expect(maximised.shown(two.tree)).toMatchObject({ panels: ['a', 'b'] });
  const apart = addPanel(removePanel(two, 'b'), 'b', widget, { edge: 'left' }).tree;
  expect(maximised.shown(apart)).toBe(apart);
  expect(maximised.active).toBe(false);
  maximised.toggle('c');
  const gone = removePanel(two, 'c').tree;
  maximised.shown(two.tree);
  expect(maximised.shown(gone)).toBe(gone);
  expect(maximised.active).toBe(false);
});
