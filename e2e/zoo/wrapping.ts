/** An exhibit from nothing to published: created in an empty folder outside this repository, from the packed packages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '@datamesh/cli';
import { sh } from '../harness/commands';
import { packedPackages } from '../harness/packages';
import { publishAndPromote } from '../harness/publishing';
import type { Stack } from '../harness/stack';
import type { Exhibit } from './exhibits';

export const SPEAKER = {
  name: 'zoo-speaker',
  version: '1.0.0',
  code: `export default class extends HTMLElement {
    connectedCallback() { this.heard = []; this.textContent = 'speaks'; this.fdc3.addContextListener(null, (context) => this.heard.push(context)); }
  }`,
};

export class Keeper {
  private constructor(
    private readonly stack: Stack,
    private readonly packages: string,
  ) {}

  static async of(stack: Stack): Promise<Keeper> {
    return new Keeper(stack, await packedPackages());
  }

  /** Its folder is gone afterwards: an exhibit installs up to a hundred megabytes. Nothing of a package runs here: some send telemetry from `postinstall`. */
  async publish({ name, from, flags = '', before }: Exhibit): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'datamesh-zoo-'));
    try {
      const source = from.endsWith('.js') ? join(import.meta.dirname, 'files', from) : from;
      const program = `npx --yes --package ${this.packages}/datamesh-cli-*.tgz datamesh`;
      const project = join(folder, name);
      await sh(`${program} create ${name} --team platform --packages ${this.packages} --template wrap --from ${source} ${flags}`, {
        cwd: folder,
      });
      await sh('npm install --no-audit --no-fund --prefer-offline --ignore-scripts', { cwd: project });
      if (before) await sh(before, { cwd: project });
      await sh('npm run build', { cwd: project });
      await publishAndPromote(this.stack, await pack(project));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
