/**
 * What every remote builds with. A remote's own rspack.config.ts is `remote({ dir, ... })` plus what its framework needs;
 * name, version and expose come from its widget.json and package.json.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleFederationPlugin } from '@module-federation/enhanced/rspack';
import { type Configuration, DefinePlugin, type RspackPluginInstance, type RuleSetRule } from '@rspack/core';

export type Shared = Record<string, { singleton?: boolean; requiredVersion?: string; version?: string; import?: false }>;

export interface RemoteSettings {
  dir: string;
  rules?: RuleSetRule[];
  plugins?: RspackPluginInstance[];
  resolve?: Configuration['resolve'];
  shared?: Shared;
  define?: Record<string, string>;
}

/** What every React remote shares with the host. The two with a slash keep jsx-runtime and client out of the remote. */
export const reactShared: Shared = {
  react: { singleton: true, requiredVersion: '^19.0.0' },
  'react/': { singleton: true, requiredVersion: '^19.0.0' },
  'react-dom': { singleton: true, requiredVersion: '^19.0.0' },
  'react-dom/': { singleton: true, requiredVersion: '^19.0.0' },
};

export const typescriptRule: RuleSetRule = {
  test: /\.tsx?$/,
  exclude: /node_modules/,
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      target: 'es2022',
      transform: { react: { runtime: 'automatic' }, useDefineForClassFields: true },
    },
  },
  type: 'javascript/auto',
};

/** A style sheet is text in the chunk that uses it: no file of its own, no <link>, no <style>. */
export const cssAsTextRule: RuleSetRule = {
  test: /\.css$/,
  type: 'javascript/auto',
  use: [join(import.meta.dirname, 'text-loader.cjs')],
};

const readJson = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;

/** `WIDGET_VERSION` overrides package.json's version (development builds are `x.y.z-dev.<hash>`), `WIDGET_OUT` the output folder. */
export function remote(settings: RemoteSettings): Configuration {
  const { dir } = settings;
  const { name = '', expose = './widget' } = readJson(join(dir, 'widget.json'));
  const version = process.env['WIDGET_VERSION'] ?? readJson(join(dir, 'package.json'))['version'] ?? '0.0.0';
  return {
    context: dir,
    mode: 'production',
    target: ['web', 'es2022'],
    entry: {},
    devtool: false,
    output: {
      path: process.env['WIDGET_OUT'] ?? join(dir, 'dist'),
      uniqueName: `${name}@${version}`,
      publicPath: 'auto',
      module: true,
      chunkFormat: 'module',
      chunkLoading: 'import',
      filename: '[name].[contenthash:8].mjs',
      chunkFilename: '[name].[contenthash:8].mjs',
      clean: true,
    },
    optimization: { chunkIds: 'named', moduleIds: 'deterministic' },
    // 'import' also for what is required: the Module Federation runtime then comes as ESM and loses what is not used.
    resolve: { extensions: ['.ts', '.tsx', '.js', '.mjs'], conditionNames: ['browser', 'import', '...'], ...settings.resolve },
    module: { rules: [typescriptRule, cssAsTextRule, ...(settings.rules ?? [])] },
    plugins: [
      new DefinePlugin({ __WIDGET_VERSION__: JSON.stringify(version), ...settings.define }),
      new ModuleFederationPlugin({
        name: `${name}@${version}`,
        filename: 'remoteEntry.mjs',
        library: { type: 'module' },
        exposes: { [expose]: './src/widget.ts' },
        shared: settings.shared ?? {},
        shareStrategy: 'loaded-first',
        manifest: true,
        dts: false,
        // A remote here never loads another remote: 32 KB of runtime become 20 (gzip).
        experiments: { optimization: { target: 'web', disableSnapshot: true, disableRemote: true } },
      }),
      ...(settings.plugins ?? []),
    ],
    performance: { hints: false },
    stats: 'errors-only',
    infrastructureLogging: { level: 'error' },
  };
}
