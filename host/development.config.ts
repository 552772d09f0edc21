/** The page of `npm run dev`, built again with every change: readable, with source maps, and able to hear of the next build. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Compiler, type Configuration, SubresourceIntegrityPlugin } from '@rspack/core';
import { page } from './rspack.config';

const BUILT = process.env['DEVELOPMENT_BUILT'] ?? join(import.meta.dirname, '../.cache/dev');

/** Says how a build ended: here, and in the file that the edge reads (host/server/development/parts.ts). */
class TellState {
  apply(compiler: Compiler): void {
    let began = 0;
    compiler.hooks.compile.tap('TellState', () => {
      began = performance.now();
    });
    compiler.hooks.done.tap('TellState', (stats) => {
      const fault = stats.hasErrors() ? stats.toString({ all: false, errors: true, colors: false }) : undefined;
      console.log(`page: ${fault === undefined ? `built in ${Math.round(performance.now() - began)} ms` : `does not build\n${fault}`}`);
      const file = join(BUILT, 'state/page.json');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ part: 'page', fault }));
      renameSync(`${file}.new`, file);
    });
  }
}

/** Nobody else would end a watcher whose starter was killed. */
class EndWithStarter {
  apply(compiler: Compiler): void {
    let listens = false;
    compiler.hooks.watchRun.tap('EndWithStarter', () => {
      if (!listens) process.stdin.on('end', () => process.exit()).resume();
      listens = true;
    });
  }
}

export default (): Configuration => {
  const built = page('./src/development/main.ts', 'dist', 0);
  return {
    ...built,
    // The gallery is answered by the examples of the API's documents.
    module: { ...built.module, rules: [...(built.module?.rules ?? []), { test: /\.openapi\.yaml$/, type: 'asset/source' }] },
    mode: 'development',
    devtool: 'source-map',
    entry: { ...(built.entry as Record<string, string>), gallery: './src/development/gallery/main.tsx' },
    output: {
      ...built.output,
      path: join(BUILT, 'host/dist'),
      // A style sheet keeps its name: what is loaded late then is the newest, and no script changes with it.
      cssFilename: '[name].css',
      cssChunkFilename: '[name].css',
    },
    optimization: {
      ...built.optimization,
      // A script that stays the same keeps its name, whatever became of a style sheet beside it.
      realContentHash: true,
      // What does not build leaves the last that did where it is: the edge reads the folder whenever any part has news.
      emitOnErrors: false,
    },
    plugins: [
      // Hashes of style sheets would be those of another build; and sizes say nothing here.
      ...(built.plugins ?? []).filter(
        (plugin) => !(plugin instanceof SubresourceIntegrityPlugin) && plugin?.constructor.name !== 'SizeReport',
      ),
      new TellState(),
      new EndWithStarter(),
    ],
    stats: 'none',
  };
};
