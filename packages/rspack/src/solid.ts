import type { Configuration } from '@rspack/core';
import { type RemoteSettings, remote } from './remote';

/** Components of Solid in .jsx and .tsx, compiled ahead of time by its own preset of Babel; what needs no JSX stays with rspack. */
export const solidRemote = ({ rules = [], ...settings }: RemoteSettings): Configuration =>
  remote({
    ...settings,
    rules: [
      {
        test: /\.[jt]sx$/,
        exclude: /node_modules/,
        loader: 'babel-loader',
        options: { babelrc: false, configFile: false, presets: ['babel-preset-solid', '@babel/preset-typescript'] },
      },
      ...rules,
    ],
  });
