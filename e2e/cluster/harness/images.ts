/** The product's images for pods, built from what `npm run build` made: laid out as the Containerfiles lay them out, without a base to pull. */
import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from '@datamesh/cli';
import type { Cluster } from '../../../tools/test-cluster/cluster';
import { type Image, ImageBuilder } from '../../../tools/test-cluster/images';
import { Containerfile } from './containerfiles';

const ROOT = join(import.meta.dirname, '../../..');
export const imageName = (name: string, tag: string): string => `datamesh.test/${name}:${tag}`;

export const SERVICES = ['host', 'registry-api', 'tracker'];

/** What the versions of the widget differ in, beside their number. */
interface Variant {
  /** As its package says. */
  version: string;
  /** Changes the files of the version. */
  change?: (home: string) => Promise<void>;
}

export const variants: Record<string, Variant> = {
  '1.0.0': { version: '1.0.0' },
  '2.0.0': { version: '2.0.0' },
  // Serves no widget.json, so that neither its probes nor the sidecar ever find it.
  broken: { version: '4.0.0', change: (home) => rm(join(home, 'widget.json')) },
  '1.0.0-other': { version: '1.0.0', change: (home) => appendFile(join(home, 'dist/remoteEntry.mjs'), '\n') },
};

/** -> references by digest of the services, of the sidecar and of each variant of the widget, which run from then on without a registry. */
export async function loadImages(cluster: Cluster, widget: string): Promise<Map<string, string>> {
  const folder = join(cluster.state, 'images');
  await mkdir(folder);
  const builder = new ImageBuilder(folder);
  const file = new Containerfile('remote.Containerfile');
  const node = await builder.node();
  const pause = await builder.layer((root) => cp(join(cluster.tools, 'pause'), join(root, 'pause')));
  const sidecar = await builder.layer(async (root) => file.gather(join(root, 'app')));
  const server = await builder.layer((root) => cp(join(ROOT, 'packages/sidecar/dist/serve-files.cjs'), join(root, 'app/serve-files.cjs')));
  // Its official image is this program and nothing else.
  const kubectl = await builder.layer((root) => cp(join(cluster.tools, 'kube'), join(root, 'kubectl')));
  const images: Image[] = [
    { name: imageName('kubectl', '1'), layers: [kubectl], config: { Entrypoint: ['/kubectl'], User: '65532:65532' } },
    { name: imageName('pause', '1'), layers: [pause], config: { Entrypoint: ['/pause'], User: '65532:65532' } },
    { name: imageName('sidecar', '1'), layers: [node, sidecar], config: file.config('sidecar') },
  ];
  for (const name of SERVICES) {
    const service = new Containerfile(`${name}.Containerfile`);
    const program = await builder.layer(async (root) => service.gather(join(root, 'app')));
    images.push({ name: imageName(name, '1'), layers: [node, program], config: service.config('final') });
  }
  for (const [tag, variant] of Object.entries(variants)) {
    const layer = await builder.layer((root) => fillWidget(join(root, 'widget'), widget, variant));
    images.push({ name: imageName(widget, tag), layers: [node, server, layer], config: file.config('widget-server') });
  }
  const archive = join(folder, 'images.tar');
  const references = await builder.archive(images, archive);
  cluster.ctr('images', 'import', archive);
  await rm(folder, { recursive: true });
  return references;
}

/** What the Containerfile's stage "widget" makes: built for release under its number, and the list of its files. */
async function fillWidget(home: string, widget: string, { version, change }: Variant): Promise<void> {
  const source = join(ROOT, 'remotes', widget);
  for (const entry of ['widget.json', 'icon.svg', 'shots']) await cp(join(source, entry), join(home, entry), { recursive: true });
  const known = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as object;
  await writeFile(join(home, 'package.json'), JSON.stringify({ ...known, version }));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/@rspack/cli/bin/rspack.js'), 'build'], {
    cwd: source,
    env: { ...process.env, NODE_ENV: 'production', WIDGET_VERSION: version, WIDGET_OUT: join(home, 'dist') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await writeFile(join(home, 'files.json'), JSON.stringify((await pack(home)).files.map(({ path }) => path)));
  await change?.(home);
}
