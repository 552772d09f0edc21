/** dockview as it comes. */
import type { LayoutNode } from '@datamesh/contracts';
import { panelsOf } from '@datamesh/layout';
import { createDockview, type SerializedDockview } from 'dockview-core';
import { body, offer } from './dock';

offer((container) => {
  const dockview = createDockview(container, {
    disableAutoResizing: true,
    createComponent: ({ id }) => ({ element: body(id), init: () => undefined }),
  });
  return {
    show(tree) {
      const { clientWidth: width, clientHeight: height } = container;
      dockview.fromJSON(serialized(tree, width, height));
      dockview.layout(width, height);
    },
  };
});

type Grid = SerializedDockview['grid'];

function serialized(tree: LayoutNode, width: number, height: number): SerializedDockview {
  const root = branch(tree, width, height);
  const panels = Object.fromEntries(panelsOf(tree).map((id) => [id, { id, contentComponent: 'panel', title: id }]));
  return {
    grid: { root, width, height, orientation: (tree.type === 'row' ? 'HORIZONTAL' : 'VERTICAL') as Grid['orientation'] },
    panels,
  };
}

/** `size` is across the direction in which the children stand, as dockview wants it. */
function branch(node: LayoutNode, width: number, height: number): Grid['root'] {
  if (node.type === 'stack') {
    const [id = ''] = node.panels;
    return { type: 'leaf', data: { id: `of-${id}`, views: node.panels, activeView: id } };
  }
  const along = node.type === 'row' ? width : height;
  return {
    type: 'branch',
    size: node.type === 'row' ? height : width,
    data: node.children.map(({ size, node: child }) => {
      const made = node.type === 'row' ? branch(child, along * size, height) : branch(child, width, along * size);
      return { ...made, size: along * size };
    }),
  };
}
