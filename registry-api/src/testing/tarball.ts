/** Archives for tests, well-formed and hostile, built block by block: a packer would refuse to make most of the hostile ones. */
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';

export interface Entry {
  path: string;
  content?: string | Uint8Array;
  type?: HeaderData['type'];
  linkpath?: string;
}

export function tar(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = 'File', linkpath }) => {
    const body = Buffer.from(content as Uint8Array);
    const header = new Header({ path, type, size: body.length, mode: 0o644, mtime: new Date(0), ...(linkpath ? { linkpath } : {}) });
    header.encode();
    if (!header.block) throw new Error(`${path} does not fit a tar header`);
    return [header.block, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export const tarball = (entries: readonly Entry[]): Buffer => gzipSync(tar(entries));

export interface WidgetInput {
  name?: string;
  version?: string;
  /** Members of widget.json over the default ones; undefined takes one away. */
  manifest?: Record<string, unknown>;
  /** Text of dist/remoteEntry.mjs. */
  code?: string;
  extra?: readonly Entry[];
  /** Paths to leave out. */
  without?: readonly string[];
}

export function widgetEntries({
  name = 'series-chart',
  version = '1.0.0',
  manifest = {},
  code,
  extra = [],
  without = [],
}: WidgetInput = {}): Entry[] {
  const widget = {
    name,
    title: 'Series chart',
    description: 'Price history of the selected instrument.',
    publisher: 'markets-data',
    categories: ['Markets'],
    icon: 'icon.svg',
    expose: './widget',
    ...manifest,
  };
  const entries: Entry[] = [
    { path: 'package.json', content: JSON.stringify({ name: `@demo/${name}`, version }) },
    { path: 'widget.json', content: JSON.stringify(widget) },
    { path: 'icon.svg', content: `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${'x'.repeat(400)} --></svg>` },
    { path: 'dist/remoteEntry.mjs', content: code ?? `export const version = '${version}';\n// ${'padding '.repeat(100)}\n` },
    { path: 'dist/mf-manifest.json', content: JSON.stringify({ id: name, metaData: {}, exposes: [{ path: './widget' }] }) },
  ];
  return [...entries.filter(({ path }) => !without.includes(path)), ...extra];
}

export const widgetTarball = (input: WidgetInput = {}): Buffer => tarball(widgetEntries(input));
