/** One file for Node: workspace packages (TypeScript) are bundled in, packages from the registry stay imports. */
import { readFile } from 'node:fs/promises';
import { findPackageJSON, isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { at } from '../setup/repository.ts';

/** Those of npm's; but what would be found in another version from where the bundle stands than from where it is imported comes in as well. */
const externalPackages: Plugin = {
  name: 'external-packages',
  setup({ initialOptions: { outdir, outfile = `${outdir}/main.mjs`, absWorkingDir = '.' }, onResolve }) {
    const bundle = pathToFileURL(resolve(absWorkingDir, outfile));
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point' || path.startsWith('@datamesh/')) return undefined;
      const [there, here] = [packageOf(path, bundle), packageOf(path, pathToFileURL(importer))];
      return there && here && there !== here ? undefined : { path, external: true };
    });
  },
};

/** The package.json of what is imported; undefined: Node's own, or not installed where it would be looked for. */
function packageOf(path: string, from: URL): string | undefined {
  if (isBuiltin(path)) return undefined;
  try {
    return findPackageJSON(path, from);
  } catch {
    return undefined;
  }
}

/** What esbuild is told for every program for Node. */
export const nodeProgram = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  plugins: [externalPackages],
  // CommonJS that was bundled in calls it.
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
} satisfies BuildOptions;

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

const files = { absWorkingDir: at(), sourcemap: true, logLevel: 'silent' } satisfies BuildOptions;

/** `entries`: { name: source file } -> `folder`/name.mjs */
export async function bundleForNode(folder: string, entries: Record<string, string>, plugins: Plugin[] = []): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    ...files,
    ...nodeProgram,
    entryPoints: entries,
    outdir: at(folder),
    outExtension: { '.js': '.mjs' },
    plugins: [...nodeProgram.plugins, ...plugins],
  });
}

/**
 * The same -> `folder`/name.cjs, for programs that live long and are to be small: `import` of Node's http evaluates all that it exports, fetch's
 * machinery among it, which is 12 MB that `require` leaves out; and 4 MB are those of Node's loader of modules.
 */
export async function bundleSmall(folder: string, entries: Record<string, string>): Promise<void> {
  const { build } = await import('esbuild');
  const { banner: _, ...program } = nodeProgram;
  await build({
    ...files,
    ...program,
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    entryPoints: entries,
    outdir: at(folder),
    outExtension: { '.js': '.cjs' },
  });
}
