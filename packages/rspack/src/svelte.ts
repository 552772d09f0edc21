import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Configuration, NormalModuleReplacementPlugin } from '@rspack/core';
import { type RemoteSettings, remote } from './remote';

/** Svelte 5 with scoped styles that are adopted by the shadow root, as sheets that all elements share. */
export function svelteRemote({ rules = [], plugins = [], resolve, ...settings }: RemoteSettings): Configuration {
  const client = join(dirname(fileURLToPath(import.meta.resolve('svelte/package.json'))), 'src/internal/client');
  return remote({
    ...settings,
    rules: [
      {
        test: /\.svelte$/,
        use: [{ loader: 'svelte-loader', options: { emitCss: false, compilerOptions: { css: 'injected', dev: false } } }],
      },
      ...rules,
    ],
    plugins: [
      new NormalModuleReplacementPlugin(
        /svelte[\\/]src[\\/]internal[\\/]client[\\/]dom[\\/]css\.js$/,
        join(import.meta.dirname, 'adopt-styles.js'),
      ),
      ...plugins,
    ],
    resolve: {
      conditionNames: ['svelte', 'browser', 'import', '...'],
      extensions: ['.ts', '.js', '.mjs', '.svelte'],
      ...resolve,
      alias: { 'svelte-client': client, ...resolve?.alias },
    },
  });
}
