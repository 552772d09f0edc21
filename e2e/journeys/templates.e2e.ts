/** Each template outside this repository: created, installed, typed, tested, built, tested in a browser, and checked. `vanilla` is in first-widget.e2e.ts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumPath } from '../harness/browser';
import { sh } from '../harness/commands';
import { ROOT } from '../harness/documents';
import { packedPackages } from '../harness/packages';

/** Each installs a framework and its tools: one in every run, the others by hand with `TEMPLATES=all`. */
const TRIED = process.env['TEMPLATES'] === 'all' ? ['react', 'vue', 'svelte', 'lit', 'solid', 'angular'] : ['react'];

let folder = '';
let packages = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-templates-'));
  packages = await packedPackages();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(TRIED)('%s', async (template) => {
  const shell = { cwd: folder, env: { CHROMIUM_PATH: chromiumPath(), XDG_CONFIG_HOME: folder, CI: 'true' } };
  const program = join(ROOT, 'packages/cli/dist/main.mjs');
  await sh(`node ${program} create by-${template} --template ${template} --team platform --packages ${packages}`, shell);
  const project = { ...shell, cwd: join(folder, `by-${template}`) };
  for (const command of ['npm install --no-audit --no-fund --prefer-offline', 'npm run typecheck', 'npm test']) await sh(command, project);
  expect(await sh('npm run test:browser', project)).toMatch(/1 passed/);
  expect(await sh('npm run -s check', project)).toMatch(/it runs in .* under the dashboard's policies, in both themes/);
});
