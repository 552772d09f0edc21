import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reactRemote } from '@datamesh/rspack/react';

// Beside this file there is React 18, for the other build of the same source; the page's is the one that the host has.
const host = new URL('../../../host/', import.meta.url);
const of = (name: string): string => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`, host)));

export default reactRemote({
  dir: import.meta.dirname,
  entry: '../react.js',
  resolve: { alias: { react: of('react'), 'react-dom': of('react-dom') } },
});
