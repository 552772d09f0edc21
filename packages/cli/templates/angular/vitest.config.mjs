import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What ngc has written is tested; the compiler links Angular's packages to it, which the build does ahead of time.
export default defineConfig({
  resolve: { alias: [{ find: /^\.\/widget$/, replacement: join(import.meta.dirname, 'build/src/widget.js') }] },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], setupFiles: ['@angular/compiler'] },
});
