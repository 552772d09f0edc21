import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Configuration, NormalModuleReplacementPlugin } from '@rspack/core';
import { remote } from '../../../../rspack.config.base';

/** Svelte 5 with scoped styles that are adopted by the shadow root: a strict style-src refuses Svelte's own <style>. */
export function svelteRemote(dir: string): Configuration {
  const client = join(dirname(fileURLToPath(import.meta.resolve('svelte/package.json'))), 'src/internal/client');
  return remote({
    dir,
    rules: [
      {
        test: /\.svelte$/,
        use: [{ loader: 'svelte-loader', options: { emitCss: false, compilerOptions: { css: 'injected', dev: false } } }],
      },
    ],
    plugins: [
      new NormalModuleReplacementPlugin(
        /svelte[\\/]src[\\/]internal[\\/]client[\\/]dom[\\/]css\.js$/,
        join(import.meta.dirname, 'adopt-styles.js'),
      ),
    ],
    resolve: {
      alias: { 'svelte-client': client },
      conditionNames: ['svelte', 'browser', 'import', '...'],
      extensions: ['.ts', '.js', '.mjs', '.svelte'],
    },
  });
}
