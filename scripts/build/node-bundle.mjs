/** One file for Node: workspace packages (TypeScript) are bundled in, packages from the registry stay imports. */
import { at } from '../setup/repository.mjs';

const externalPackages = {
  name: 'external-packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@datamesh/') ? undefined : { path, external: true },
    );
  },
};

/** `entries`: { name: source file } -> `folder`/name.mjs */
export async function bundleForNode(folder, entries) {
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
    plugins: [externalPackages],
  });
}
