import type { BuildOptions } from 'esbuild';

/** How scripts are bundled that run in a page without the host's own build. */
export const FOR_PAGE = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  conditions: ['browser', 'import'],
  define: { ENV_TARGET: '"web"', 'process.env.NODE_ENV': '"production"' },
} as const satisfies BuildOptions;
