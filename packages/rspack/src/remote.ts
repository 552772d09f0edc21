/**
 * What a remote builds with. Its rspack.config is `remote({ dir: import.meta.dirname })` plus what its framework needs; name, version
 * and expose come from its widget.json and package.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleFederationPlugin } from '@module-federation/enhanced/rspack';
import { type Configuration, DefinePlugin, type RspackPluginInstance, type RuleSetRule } from '@rspack/core';

/** As Module Federation has it: by the name that is imported, with a `/` at its end for all below it. */
export type Shared = Record<string, { singleton?: boolean; requiredVersion?: string; version?: string; import?: false }>;

export interface RemoteSettings {
  /** The remote's folder, with widget.json and package.json. */
  dir: string;
  /** What default-exports the element class: a file of the folder, or a module of a package. Default: the `src/widget.*` that is there. */
  entry?: string;
  /** `legacy`: decorators and class fields as TypeScript's `experimentalDecorators` has them. Default: `standard`. */
  decorators?: 'standard' | 'legacy';
  rules?: RuleSetRule[];
  plugins?: RspackPluginInstance[];
  resolve?: Omit<NonNullable<Configuration['resolve']>, 'alias'> & { alias?: Record<string, string> };
  shared?: Shared;
  define?: Record<string, string>;
}

const typescript = (decorators: 'standard' | 'legacy'): RuleSetRule => ({
  test: /\.[cm]?tsx?$|\.jsx$/,
  exclude: /node_modules/,
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      parser: { syntax: 'typescript', tsx: true, decorators: true },
      target: 'es2022',
      transform: {
        react: { runtime: 'automatic' },
        ...(decorators === 'legacy'
          ? { legacyDecorator: true, useDefineForClassFields: false }
          : { decoratorVersion: '2022-03', useDefineForClassFields: true }),
      },
    },
  },
  type: 'javascript/auto',
});

export const typescriptRule = typescript('standard');

/** A style sheet is text in the chunk that uses it: no file of its own, no <link>. */
export const cssAsTextRule: RuleSetRule = {
  test: /\.css$/,
  type: 'javascript/auto',
  use: [join(import.meta.dirname, 'text-loader.cjs')],
};

/** Many packages import their own files without an extension, which only strict ES modules refuse. */
const looseImportsRule: RuleSetRule = { test: /\.m?js$/, resolve: { fullySpecified: false } };

const readJson = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;

/** `WIDGET_VERSION` overrides package.json's version (development builds are `x.y.z-dev.<hash>`), `WIDGET_OUT` the output folder, `WIDGET_SOURCE_MAPS` (`inline`) adds source maps. */
export function remote(settings: RemoteSettings): Configuration {
  const { dir } = settings;
  const { name = '', expose = './widget' } = readJson(join(dir, 'widget.json'));
  const version = process.env['WIDGET_VERSION'] ?? readJson(join(dir, 'package.json'))['version'] ?? '0.0.0';
  return {
    context: dir,
    mode: 'production',
    target: ['web', 'es2022'],
    entry: {},
    // Inside the files: a map beside them is not published.
    devtool: process.env['WIDGET_SOURCE_MAPS'] === 'inline' ? 'inline-source-map' : false,
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
    module: { rules: [looseImportsRule, typescript(settings.decorators ?? 'standard'), cssAsTextRule, ...(settings.rules ?? [])] },
    plugins: [
      new DefinePlugin({ __WIDGET_VERSION__: JSON.stringify(version), ...settings.define }),
      new ModuleFederationPlugin({
        name: `${name}@${version}`,
        filename: 'remoteEntry.mjs',
        library: { type: 'module' },
        exposes: { [expose]: settings.entry ?? entryIn(dir) },
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

function entryIn(dir: string): string {
  const names = ['ts', 'tsx', 'js', 'mjs', 'jsx'].map((extension) => `./src/widget.${extension}`);
  const found = names.find((name) => existsSync(join(dir, name)));
  if (!found) throw new Error(`${dir} has none of ${names.join(', ')}; name the module with \`entry\``);
  return found;
}
