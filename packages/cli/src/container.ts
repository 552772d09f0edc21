/**
 * The container that the dashboard loads is an ES module, dist/remoteEntry.mjs. What other toolchains build comes to one in a line: their
 * own container under another name, found by its manifest, or no container at all but a module that exports the element's class.
 */
import type { WidgetManifest } from '@datamesh/contracts';
import { entryFile } from '@datamesh/publishing';
import type { PackedFile } from './archive';
import { CliError } from './problem';

interface RemoteEntry {
  name?: unknown;
  path?: unknown;
  type?: unknown;
}

/** What has to be added to the files below dist/ of a build; nothing where its container is in place, or where there is nothing to go by. */
export function containerFor(
  files: readonly PackedFile[],
  packageJson: Readonly<Record<string, unknown>>,
  { expose }: Pick<WidgetManifest, 'expose'>,
): PackedFile[] {
  const paths = new Set(files.map(({ path }) => path));
  if (paths.has(entryFile)) return [];
  const text = builtElsewhere(files, paths) ?? plainModule(paths, packageJson, expose);
  return text === undefined ? [] : [{ path: entryFile, bytes: Buffer.from(text) }];
}

/** A federation container says in its manifest where its entry is, and of what kind. */
function builtElsewhere(files: readonly PackedFile[], paths: ReadonlySet<string>): string | undefined {
  for (const { path, bytes } of files.filter((file) => file.path.endsWith('mf-manifest.json'))) {
    const entry = entryOf(bytes);
    if (typeof entry?.name !== 'string') continue;
    const folder = path.replace(/[^/]*$/, '');
    const found = [
      `${folder}${entry.path ? `${String(entry.path).replace(/^\.?\/|\/$/g, '')}/` : ''}${entry.name}`,
      `${folder}${entry.name}`,
    ].find((one) => paths.has(one));
    if (!found)
      throw new CliError('container_unusable', `${path} names the entry ${entry.name}, which the build has not written; build anew`);
    if (entry.type !== 'module' && entry.type !== 'esm')
      throw new CliError(
        'container_unusable',
        `${found} is a container of the kind "${String(entry.type)}", a script; the dashboard loads ES modules: build it with library: { type: 'module' } ` +
          "(rspack, webpack: experiments.outputModule and output.module as well; Vite: build.target 'esnext'; rsbuild: dev and output of ES modules)",
      );
    return `export * from ${JSON.stringify(fromDist(found))};\n`;
  }
  return undefined;
}

function entryOf(manifest: Uint8Array): RemoteEntry | undefined {
  try {
    const { metaData } = JSON.parse(Buffer.from(manifest).toString()) as { metaData?: { remoteEntry?: RemoteEntry } };
    return metaData?.remoteEntry;
  } catch {
    return undefined; // What is wrong with it the check says.
  }
}

/** package.json says what its module is (`exports`, `module`, `main`); else the only script there is, or `widget` or `index` among several. */
function plainModule(paths: ReadonlySet<string>, packageJson: Readonly<Record<string, unknown>>, expose: string): string | undefined {
  const scripts = [...paths].filter((path) => /^dist\/.*\.m?js$/.test(path));
  const named = [exported(packageJson['exports']), packageJson['module'], packageJson['main']].filter((one) => typeof one === 'string');
  const asked = named.map((one) => one.replace(/^\.\//, ''));
  const found = [...asked, ...['widget', 'index'].flatMap((name) => [`dist/${name}.mjs`, `dist/${name}.js`])].find((one) =>
    scripts.includes(one),
  );
  const module = found ?? (scripts.length === 1 ? scripts[0] : undefined);
  if (!module) return undefined;
  return [
    '// There is no federation container: this is the module that exports the class of the element.',
    'export const init = () => {};',
    'export const get = async (expose) => {',
    `  if (expose !== ${JSON.stringify(expose)}) throw new Error(\`there is no \${expose}\`);`,
    `  const module = await import(${JSON.stringify(fromDist(module))});`,
    '  return () => module;',
    '};',
    '',
  ].join('\n');
}

/** `"./x"`, `{ ".": "./x" }`, and conditions below either. */
function exported(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const conditions = value as Record<string, unknown>;
  for (const key of ['.', 'browser', 'import', 'module', 'default']) {
    const found = Object.hasOwn(conditions, key) ? exported(conditions[key]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const fromDist = (path: string): string => `./${path.slice('dist/'.length)}`;
