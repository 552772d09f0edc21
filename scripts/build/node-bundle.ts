/** One file for Node: workspace packages (TypeScript) are bundled in, packages from the registry stay imports. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { at } from '../setup/repository.ts';

const externalPackages: Plugin = {
  name: 'external-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@datamesh/') ? undefined : { path, external: true },
    );
  },
};

/** Sources find what lies beside them, as if they ran from where they are. */
export const whereTheyAre: Plugin = {
  name: 'where-they-are',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

/** `entries`: { name: source file } -> `folder`/name.mjs */
export async function bundleForNode(folder: string, entries: Record<string, string>, plugins: Plugin[] = []): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: at(),
    entryPoints: entries,
    outdir: at(folder),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    logLevel: 'silent',
    plugins: [externalPackages, ...plugins],
  });
}
