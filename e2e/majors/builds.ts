/** Widgets on two majors of what they are made with: the older and the newer release of a team that changed over. */
import { join } from 'node:path';
import type { Packed } from '@datamesh/cli';
import { build } from 'esbuild';
import type { Handmade } from '../harness/handmade';
import { release } from '../harness/publishing';

export const OLDER = '1.0.0';
export const NEWER = '2.0.0';

/** What each says that it is made with, in its two releases. */
export const MADE_WITH: Record<string, readonly [older: RegExp, newer: RegExp]> = {
  'by-react': [/React 18\./, /React 19\./],
  'by-vue': [/Vue 2\./, /Vue 3\./],
  'by-material': [/Material 1\./, /Material 2\./],
};

/** `alias`: which package stands for the name that the source imports. */
async function bundled(name: string, version: string, source: string, alias: Record<string, string> = {}): Promise<Handmade> {
  const { outputFiles } = await build({
    // Where an alias is looked for.
    absWorkingDir: import.meta.dirname,
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    alias,
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  });
  return { name, version, code: outputFiles[0]?.text ?? '' };
}

/** Each one module, without federation, with a copy of its own of everything. */
export const bundles = (): Promise<Handmade[]> =>
  Promise.all([
    bundled('by-react', OLDER, 'react.js', { 'react-dom': 'react-dom-18' }),
    bundled('by-vue', OLDER, 'vue-2.js'),
    bundled('by-vue', NEWER, 'vue-3.js'),
    bundled('by-material', OLDER, 'material.js', { '@material/web': 'material-1' }),
    bundled('by-material', NEWER, 'material.js', { '@material/web': 'material-2' }),
  ]);

/** With the page's React, by the base. */
export const sharing = (): Promise<Packed> => release('by-react', NEWER, join(import.meta.dirname, 'react-19'));
