import type { Configuration } from '@rspack/core';
import { VueLoaderPlugin } from 'rspack-vue-loader';
import { remote } from '../../../../rspack.config.base';

/** Single-file components, runtime-only Vue without the options API. */
export const vueRemote = (dir: string): Configuration =>
  remote({
    dir,
    rules: [{ test: /\.vue$/, loader: 'rspack-vue-loader', options: { experimentInlineMatchResource: true, customElement: true } }],
    plugins: [new VueLoaderPlugin()],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    resolve: { alias: { vue$: 'vue/dist/vue.runtime.esm-bundler.js' } },
  });
