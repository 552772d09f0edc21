import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Compiler, type Configuration, DefinePlugin, SubresourceIntegrityPlugin } from '@rspack/core';
import { typescriptRule } from '../rspack.config.base';
import { BEST, compress } from './server/compression';

/** Tells the edge server what the page itself must load. */
class EntryList {
  apply(compiler: Compiler): void {
    compiler.hooks.thisCompilation.tap('EntryList', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'EntryList', stage: compiler.rspack.Compilation.PROCESS_ASSETS_STAGE_REPORT }, () => {
        const files = compilation.entrypoints.get('main')?.getFiles() ?? [];
        compilation.emitAsset('entry.json', new compiler.rspack.sources.RawSource(JSON.stringify(files)));
      });
    });
  }
}

/** `<name>.br` and `<name>.gz` beside each text, compressed as well as it can be done: once here, and not by every edge that starts. */
class CompressedFiles {
  apply(compiler: Compiler): void {
    const { Compilation, sources } = compiler.rspack;
    compiler.hooks.thisCompilation.tap('CompressedFiles', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_TRANSFER;
      compilation.hooks.processAssets.tapPromise({ name: 'CompressedFiles', stage }, async () => {
        const texts = compilation.getAssets().filter(({ name }) => /\.(mjs|css|svg)$/.test(name));
        await Promise.all(
          texts.map(async ({ name, source }) => {
            const { br, gzip } = await compress(source.buffer(), BEST);
            compilation.emitAsset(`${name}.br`, new sources.RawSource(br));
            compilation.emitAsset(`${name}.gz`, new sources.RawSource(gzip));
          }),
        );
      });
    });
  }
}

/**
 * SubresourceIntegrityPlugin writes the hash of each lazy module into the page as well, where nothing asks for it: the browser checks modules by the
 * page's import map. Only style sheets need theirs.
 */
class StyleHashesOnly {
  apply(compiler: Compiler): void {
    const { Compilation, sources } = compiler.rspack;
    compiler.hooks.thisCompilation.tap('StyleHashesOnly', (compilation) => {
      // Minified, and not named by its own hash yet.
      compilation.hooks.processAssets.tap({ name: 'StyleHashesOnly', stage: Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE + 1 }, () => {
        for (const name of compilation.entrypoints.get('main')?.getFiles() ?? []) {
          const source = compilation.getAsset(name)?.source;
          const found = /\w+\.sriHashes=\{[^}]*\},/.exec(source?.source().toString() ?? '');
          if (!source || !found) continue;
          const without = new sources.ReplaceSource(source);
          without.replace(found.index, found.index + found[0].length - 1, '');
          compilation.updateAsset(name, without);
        }
      });
    });
  }
}

/** What a viewer downloads against what only editors do, as it goes over the wire. */
class SizeReport {
  constructor(private readonly budget: number) {}

  apply(compiler: Compiler): void {
    compiler.hooks.afterEmit.tap('SizeReport', (compilation) => {
      const kilobytes = (name: string): number => gzipSync(compilation.getAsset(name)?.source.buffer() ?? Buffer.alloc(0)).length / 1024;
      const line = (name: string): string => `  ${kilobytes(name).toFixed(1).padStart(7)} KB  ${name}`;
      const entry = new Set(compilation.entrypoints.get('main')?.getFiles() ?? []);
      const scripts = compilation.getAssets().filter(({ name }) => name.endsWith('.mjs'));
      const total = [...entry].filter((name) => name.endsWith('.mjs')).reduce((sum, name) => sum + kilobytes(name), 0);
      console.log(`host, gzipped: view mode ${total.toFixed(1)} KB of JavaScript (budget ${this.budget})`);
      for (const name of entry) console.log(line(name));
      console.log('  on demand:');
      for (const { name } of scripts) if (!entry.has(name)) console.log(line(name));
    });
  }
}

/** A page of ours: the dashboard, and the workbench for one widget. `out` is relative to this folder. */
export function page(main: string, out: string, budget: number): Configuration {
  return {
    context: import.meta.dirname,
    mode: 'production',
    target: ['web', 'es2022'],
    // The second is what every worker begins with.
    entry: { main, worker: './src/worker/start.ts' },
    devtool: false,
    output: {
      path: join(import.meta.dirname, out),
      uniqueName: 'host',
      publicPath: '/assets/',
      filename: '[name].[contenthash:8].mjs',
      chunkFilename: '[name].[contenthash:8].mjs',
      cssFilename: '[name].[contenthash:8].css',
      cssChunkFilename: '[name].[contenthash:8].css',
      assetModuleFilename: '[name].[contenthash:8][ext]',
      clean: true,
      module: true,
      chunkFormat: 'module',
      chunkLoading: 'import',
      crossOriginLoading: 'anonymous',
    },
    optimization: {
      chunkIds: 'named',
      splitChunks: {
        // What editors share is fetched once, under a name that a person can read.
        cacheGroups: {
          aria: {
            test: /[\\/]node_modules[\\/](react-aria|react-stately|@react-aria|@react-stately|@internationalized)/,
            name: 'aria',
            chunks: 'async',
            priority: 10,
          },
          forms: {
            test: /[\\/]node_modules[\\/](@rjsf|@x0k|lodash|lodash-es|jsonpointer|react-is|markdown-to-jsx|nanoid|fast-equals|fast-uri|prop-types)[\\/]/,
            name: 'forms',
            chunks: 'async',
            priority: 10,
          },
          'golden-layout': { test: /[\\/]node_modules[\\/]golden-layout/, name: 'golden-layout', chunks: 'async', priority: 10 },
          validator: { test: /[\\/]node_modules[\\/]@cfworker/, name: 'validator', chunks: 'async', priority: 10 },
        },
      },
    },
    resolve: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
    module: {
      rules: [typescriptRule, { test: /\.css$/, type: 'css/global' }],
      // The page's modules are modules: what they ask of `import.meta` is for the browser to answer.
      parser: { javascript: { importMeta: false } },
    },
    plugins: [
      // The federation runtime's Node half is left out of the page, and what it does with manifests: here the registry says what a widget has.
      new DefinePlugin({ ENV_TARGET: JSON.stringify('web'), FEDERATION_OPTIMIZE_NO_SNAPSHOT_PLUGIN: true }),
      new EntryList(),
      // Modules get their hashes from the import map in the page; style sheets of lazy chunks only from this.
      new SubresourceIntegrityPlugin({ hashFuncNames: ['sha384'] }),
      new StyleHashesOnly(),
      new SizeReport(budget),
    ],
    performance: { hints: false },
    stats: 'errors-warnings',
    infrastructureLogging: { level: 'error' },
  };
}

/** With the service worker, which the workbench and `npm run dev` do without. */
export default (): Configuration => {
  const dashboard = page('./src/main.tsx', 'dist', 130);
  const entry = { ...(dashboard.entry as Record<string, string>), 'outage-worker': './src/outage/start.ts' };
  return { ...dashboard, entry, plugins: [...(dashboard.plugins ?? []), new CompressedFiles()] };
};
