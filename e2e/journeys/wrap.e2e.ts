/** An element of somebody else's package, by the commands of the document, and one of a file: they speak to each other without any code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumPath } from '../harness/browser';
import { sh } from '../harness/commands';
import { panel, words } from '../harness/dashboard';
import { commandsOf, ROOT } from '../harness/documents';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { packedPackages } from '../harness/packages';

const here = journey();
let folder = '';
let packages = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-wrap-'));
  packages = await packedPackages();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As a team has it in a drawer: it knows nothing of dashboards. */
const FILE = `
customElements.define('acme-moments', class extends HTMLElement {
  static observedAttributes = ['year'];
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button></button>';
    this.shadowRoot.querySelector('button').addEventListener('click', () =>
      this.dispatchEvent(new CustomEvent('picked', { detail: { at: this.getAttribute('year') + '-05-04T12:00:00Z' } })));
    this.attributeChangedCallback();
  }
  attributeChangedCallback() {
    if (this.shadowRoot) this.shadowRoot.querySelector('button').textContent = 'The year ' + this.getAttribute('year');
  }
});`;

it('become widgets that are published, mounted and bound', async () => {
  const [token, ofPlatform] = [await here.stack.token('markets-data'), await here.stack.token('platform')];
  const env = { CHROMIUM_PATH: chromiumPath(), PACKAGES: packages, XDG_CONFIG_HOME: join(folder, 'config'), CI: 'true' };
  const shell = { cwd: folder, env };
  for (const command of await commandsOf('docs/widgets.md', 'An element that is there already')) {
    const [, into] = /^cd (.+)$/.exec(command) ?? [];
    if (into) shell.cwd = join(shell.cwd, into);
    else {
      const said = await sh(
        command.replace('http://localhost:4000', here.stack.url),
        shell,
        command.includes(' login ') ? `${token}\n` : '',
      );
      if (command === 'npm test') expect(said).toMatch(/it runs in .* under the dashboard's policies, in both themes/);
    }
  }

  await writeFile(join(folder, 'acme-moments.js'), FILE);
  const create = `node ${join(ROOT, 'packages/cli/dist/main.mjs')} create moments --team platform --packages ${packages} --template wrap`;
  await sh(`${create} --from acme-moments.js --attribute year:integer=2019 --output picked:detail.at=fdc3.timeRange:endTime`, {
    cwd: folder,
    env,
  });
  const project = { cwd: join(folder, 'moments'), env: { ...env, DATAMESH_URL: here.stack.url, DATAMESH_TOKEN: ofPlatform } };
  await sh('npm install --no-audit --no-fund --prefer-offline', project);
  expect(await sh('npm test', project)).toMatch(/it runs in .* under the dashboard's policies, in both themes/);
  await sh('npx --no datamesh publish . --promote stable', project);

  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: 'Wrapped',
    tree: {
      type: 'row',
      children: ['moments', 'since-then'].map((name) => ({ size: 0.5, node: { type: 'stack', active: 0, panels: [name] } })),
    },
    panels: {
      moments: { widget: 'moments@stable', channel: 'blue', settings: { year: 2020 } },
      'since-then': { widget: 'since-then@stable', channel: 'blue', settings: { prefix: 'closed on' } },
    },
  });
  await page.goto(`/l/${id}`);
  await expect.poll(() => panel(page, 'since-then').getAttribute('data-state')).toBe('ready');
  await panel(page, 'moments').getByRole('button', { name: 'The year 2020' }).click();
  await expect.poll(() => words(panel(page, 'since-then'))).toMatch(/^closed on May 4, 2020$/);
  await context.close();
});
