import type { Configuration } from '@rspack/core';
import { type RemoteSettings, remote } from './remote';

/**
 * What Angular's own compiler, `ngc`, has written ahead of time; the packages of Angular are linked to it, so that no compiler comes into the
 * page. Default of `entry`: `build/src/widget.js`.
 */
export const angularRemote = ({ entry = './build/src/widget.js', rules = [], define, ...settings }: RemoteSettings): Configuration =>
  remote({
    ...settings,
    entry,
    rules: [
      {
        test: /\.m?js$/,
        // Where a library of Angular has what the linker is for.
        include: /[\\/]node_modules[\\/].*[\\/]fesm\d+[\\/]/,
        loader: 'babel-loader',
        options: {
          babelrc: false,
          configFile: false,
          compact: false,
          plugins: [['@angular/compiler-cli/linker/babel', { linkerJitMode: false, sourceMapping: false }]],
        },
      },
      ...rules,
    ],
    define: { ngDevMode: 'false', ngJitMode: 'false', ngI18nClosureMode: 'false', ...define },
  });
