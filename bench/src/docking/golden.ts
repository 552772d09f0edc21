/** golden-layout as it comes, with components of its own. */
import { GoldenLayout, type LayoutConfig } from 'golden-layout';
import 'golden-layout/dist/css/goldenlayout-base.css';
import 'golden-layout/dist/css/themes/goldenlayout-light-theme.css';
import { COMPONENT, toGolden } from '../../../host/src/workspace/editing/conversion';
import { body, offer } from './dock';

offer((container) => {
  const golden = new GoldenLayout(container);
  golden.registerComponentFactoryFunction(COMPONENT, (item, id) => void item.element.append(body(String(id))));
  golden.resizeWithContainerAutomatically = false;
  return {
    show(tree) {
      golden.loadLayout({ root: toGolden(tree, (id) => id) as LayoutConfig['root'] });
      golden.setSize(container.clientWidth, container.clientHeight);
    },
  };
});
