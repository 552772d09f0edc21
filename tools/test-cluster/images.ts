/** Container images without a registry: layers from folders, as an OCI archive that containerd imports. Nothing is pulled. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface ImageConfig {
  Entrypoint: string[];
  Cmd?: string[];
  Env?: string[];
  WorkingDir?: string;
  /** Numbers, as Kubernetes can tell only of these that they are not root. */
  User?: string;
}

export interface Image {
  /** Without a digest, such as datamesh.test/notes:1.0.0. */
  name: string;
  layers: readonly Layer[];
  config: ImageConfig;
}

export interface Layer {
  digest: string;
  /** Of the uncompressed tar archive. */
  file: string;
}

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

const OCI = 'application/vnd.oci.image';

/** Makes layers and archives below a folder. */
export class ImageBuilder {
  constructor(private readonly folder: string) {}

  /** What `fill` puts into an empty folder; of nobody's time and of root, so that the same files are the same layer. */
  async layer(fill: (root: string) => Promise<void>): Promise<Layer> {
    const root = await mkdtemp(join(this.folder, 'layer-'));
    await chmod(root, 0o755);
    await fill(root);
    const archive = `${root}.tar`;
    tar(root, archive);
    await rm(root, { recursive: true });
    const digest = digestOf(await readFile(archive));
    const file = join(this.folder, digest.slice('sha256:'.length));
    await rename(archive, file);
    return { digest, file };
  }

  /** -> each image's reference by digest, by its name. `file`: the archive that is written. */
  async archive(images: readonly Image[], file: string): Promise<Map<string, string>> {
    const layout = await mkdtemp(join(this.folder, 'layout-'));
    const blobs = join(layout, 'blobs/sha256');
    await mkdir(blobs, { recursive: true });
    const write = async (mediaType: string, value: unknown): Promise<Descriptor> => {
      const bytes = Buffer.from(JSON.stringify(value));
      const digest = digestOf(bytes);
      await writeFile(join(blobs, digest.slice('sha256:'.length)), bytes);
      return { mediaType, digest, size: bytes.length };
    };
    const manifests: (Descriptor & { annotations: Record<string, string> })[] = [];
    const references = new Map<string, string>();
    for (const { name, layers, config } of images) {
      for (const layer of layers) await copyFile(layer.file, join(blobs, basename(layer.file)));
      const described = await write(`${OCI}.manifest.v1+json`, {
        schemaVersion: 2,
        mediaType: `${OCI}.manifest.v1+json`,
        config: await write(`${OCI}.config.v1+json`, {
          architecture: process.arch === 'x64' ? 'amd64' : process.arch,
          os: 'linux',
          config,
          rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
        }),
        layers: await Promise.all(
          layers.map(async ({ digest, file: path }) => ({ mediaType: `${OCI}.layer.v1.tar`, digest, size: (await stat(path)).size })),
        ),
      });
      const byDigest = `${name.replace(/:[^/]*$/, '')}@${described.digest}`;
      references.set(name, byDigest);
      // A pod that names an image by digest finds it by that reference alone.
      for (const reference of [name, byDigest]) manifests.push({ ...described, annotations: { 'io.containerd.image.name': reference } });
    }
    await writeFile(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
    await writeFile(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
    tar(layout, file);
    await rm(layout, { recursive: true });
    return references;
  }

  /**
   * What the base image of our Containerfiles brings: Node at /nodejs/bin/node with the libraries it is linked to, a user nonroot (65532),
   * a place for temporary files. The machine's own Node, as nothing is pulled.
   */
  node(): Promise<Layer> {
    return this.layer(async (root) => {
      await copyProgram(process.execPath, root, '/nodejs/bin/node');
      await mkdir(join(root, 'etc'));
      await writeFile(
        join(root, 'etc/passwd'),
        'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
      );
      await writeFile(join(root, 'etc/group'), 'root:x:0:\nnonroot:x:65532:\n');
      await mkdir(join(root, 'tmp'));
      await chmod(join(root, 'tmp'), 0o1777);
    });
  }
}

const OF_LIBC = ['librt.so.1', 'libutil.so.1', 'libresolv.so.2', 'libnss_dns.so.2', 'libnss_files.so.2'];

/** A program and the libraries that it is linked to, where its loader looks for them. */
async function copyProgram(program: string, root: string, path: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await cp(program, join(root, path), { dereference: true });
  const linked = execFileSync('ldd', [program], { encoding: 'utf8' });
  const libraries = [...linked.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, library = '']) => library);
  // The package of the C library is there as a whole, for add-ons.
  const home = dirname(libraries.find((library) => library.includes('/libc.so')) ?? '/lib/libc.so.6');
  const companions = OF_LIBC.map((name) => join(home, name)).filter((library) => existsSync(library));
  for (const library of [...libraries, ...companions]) {
    await mkdir(dirname(join(root, library)), { recursive: true });
    await cp(library, join(root, library), { dereference: true });
  }
}

function tar(root: string, file: string): void {
  const fixed = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  execFileSync('tar', [...fixed, '-cf', file, '-C', root, '.'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
