import type { Configuration } from '@rspack/core';
import { VueLoaderPlugin } from 'rspack-vue-loader';
import { type RemoteSettings, remote } from './remote';

/** Single-file components, runtime-only Vue without the options API unless `define` says otherwise. */
export const vueRemote = ({ rules = [], plugins = [], define, resolve, ...settings }: RemoteSettings): Configuration =>
  remote({
    ...settings,
    rules: [
      { test: /\.vue$/, loader: 'rspack-vue-loader', options: { experimentInlineMatchResource: true, customElement: true } },
      ...rules,
    ],
    plugins: [new VueLoaderPlugin(), ...plugins],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      ...define,
    },
    resolve: { ...resolve, alias: { vue$: 'vue/dist/vue.runtime.esm-bundler.js', ...resolve?.alias } },
  });
