/** The Module Federation runtime alone, in a page without policy, registry or panels: what loading a remote costs at the least. */
import { createInstance } from '@module-federation/enhanced/runtime';

const federation = createInstance({ name: 'bare', remotes: [], shareStrategy: 'loaded-first', shared: {} });

Object.assign(window, {
  async mountRemote(name: string, entry: string): Promise<number> {
    const start = performance.now();
    federation.registerRemotes([{ name, entry, type: 'module' }]);
    const module = await federation.loadRemote<{ default: CustomElementConstructor }>(`${name}/widget`);
    if (!module) throw new Error('no module');
    customElements.define('bare-widget', module.default);
    document.body.append(document.createElement('bare-widget'));
    return performance.now() - start;
  },
});
