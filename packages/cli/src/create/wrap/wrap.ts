/** `datamesh create --template wrap`: what a project of an element that is there already has besides the template. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../../problem';
import { type Input, readInput, readOutput, unknownTo } from './bindings';
import { type ElementDescription, elementsIn } from './elements-manifest';
import { entryText, type Imported } from './entry';
import { readElementFile } from './file';
import { manifestOf, type PackageJson, specifierFor, withPackage } from './package';
import { firstSentence, preset, readAttribute, type Setting, settingsOf, titleOf } from './settings-schema';

export interface Wrapping {
  /** A package as npm knows it, a folder, a .tgz, or a file of an element. */
  from: string;
  /** The tag; undefined: the only one there is. */
  element: string | undefined;
  /** The module of the package that has it, where no manifest says so; `./file.js` of the package. */
  module: string | undefined;
  /** What that module exports the class as. */
  exported: string | undefined;
  /** What stands between its tags: HTML. */
  content: string | undefined;
  /** Style sheets of packages that the element needs around it, as they are imported. */
  styles: readonly string[];
  attributes: readonly string[];
  inputs: readonly string[];
  outputs: readonly string[];
  /** Further packages, as `name@version`. */
  with: readonly string[];
}

export interface Wrapped {
  files: Map<string, string>;
  packageJson: { dependencies: Record<string, string> };
  widgetJson: Record<string, unknown>;
  /** What somebody should know; none of it is in the way. */
  notes: string[];
}

/** An element as it was found, before anything is chosen. */
export interface Found {
  label: string;
  element: ElementDescription | undefined;
  tag: string | undefined;
  imported: Imported;
  files: Map<string, string>;
  dependencies: Record<string, string>;
  json: PackageJson;
}

export interface Place {
  /** What local paths are meant from. */
  where: string;
  /** The project's folder. */
  project: string;
  npm: string | undefined;
  /** Chooses one of several tags; undefined: nobody can be asked. */
  choose?: ((tags: readonly string[]) => Promise<string>) | undefined;
}

export async function findElement(wish: Wrapping, place: Place): Promise<Found> {
  const local = resolve(place.where, wish.from);
  if (/\.[cm]?[jt]s$/.test(wish.from) && statSync(local, { throwIfNoEntry: false })?.isFile()) return inFile(wish, local, place);
  return withPackage(wish.from, place, async (read) => {
    const known = await manifestOf(read);
    const element = await chosen(known ? elementsIn(known.manifest) : [], wish, place);
    const specifier = wish.module
      ? `${read.name}/${wish.module.replace(/^\.?\//, '')}`
      : element && known && specifierFor(read, element.module, known.at);
    const tag = wish.element ?? element?.tag;
    if (!specifier && !wish.exported && !tag)
      throw new CliError(
        'element_unknown',
        `${read.name} says of no element what it is: name it with --element <tag>, or --export <class>`,
      );
    return {
      label: `${read.name} ${read.version}`,
      element,
      tag,
      // Without the module the whole package is imported, for the tag that it defines.
      imported: {
        specifier: specifier ?? read.name,
        exported: wish.exported ?? (specifier && !wish.module ? element?.exported : undefined),
      },
      files: new Map(),
      dependencies: { [read.name]: read.range, ...versionsIn(wish.with) },
      json: read.json,
    };
  });
}

async function inFile(wish: Wrapping, path: string, place: Place): Promise<Found> {
  const { files, module, hasDefault, tags, dependencies, manifest } = await readElementFile(path, wish.with);
  const described = manifest ? elementsIn(manifest.manifest) : [];
  const tag = wish.element ?? (hasDefault ? tags[0] : await only(tags, wish, place));
  const element = described.find((one) => one.tag === tag);
  return {
    label: wish.from,
    element,
    tag,
    imported: { specifier: `./${module}`, exported: wish.exported ?? (hasDefault ? 'default' : undefined) },
    files: new Map([...files].map(([name, text]) => [`src/${name}`, text])),
    dependencies: { ...dependencies, ...versionsIn(wish.with) },
    json: {},
  };
}

async function chosen(elements: ElementDescription[], wish: Wrapping, place: Place): Promise<ElementDescription | undefined> {
  if (elements.length === 0) return undefined;
  if (wish.element === undefined && elements.length === 1) return elements[0];
  const tag =
    wish.element ??
    (await only(
      elements.flatMap(({ tag }) => tag ?? []),
      wish,
      place,
    ));
  // A manifest that has a class alone says so of an only one.
  return elements.find((one) => one.tag === tag) ?? (elements.length === 1 ? elements[0] : undefined);
}

async function only(tags: readonly string[], { from }: Wrapping, { choose }: Place): Promise<string> {
  const [first, ...others] = [...new Set(tags)].sort();
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined && choose) return choose([first, ...others]);
  throw new CliError(
    'element_unknown',
    first === undefined
      ? `${from} exports no class by default, and defines no tag that can be read: name it with --element <tag>`
      : `${from} has several elements; choose one with --element: ${[first, ...others].join(', ')}`,
  );
}

export function wrap(found: Found, wish: Pick<Wrapping, 'attributes' | 'inputs' | 'outputs' | 'content' | 'styles'>): Wrapped {
  const { element, imported, tag } = found;
  const inputs = wish.inputs.map(readInput);
  const outputs = wish.outputs.map(readOutput);
  const { properties, leftOut } = settings(element, wish.attributes, inputs);
  const byTag = imported.exported === undefined;
  if (byTag && tag === undefined) throw new CliError('element_unknown', `${found.label}: name the element with --element <tag>`);
  if (wish.styles.length > 0 && tag === undefined)
    throw new CliError('element_unknown', `${found.label}: --style needs --element <tag>, which the styles are for`);
  const { license, homepage } = found.json;
  return {
    files: new Map([...found.files, ['src/widget.js', entryText(imported, tag, wish)]]),
    packageJson: { dependencies: found.dependencies },
    widgetJson: {
      description: firstSentence(element?.description || `<${tag ?? imported.exported}> of ${found.label}.`),
      ...(byTag && wish.content === undefined ? { element: tag } : {}),
      ...(license && license.length <= 80 ? { license } : {}),
      ...(homepage && /^https:\/\/[!-~]{1,250}$/.test(homepage) ? { homepage } : {}),
      listensFor: [...new Set(inputs.map(({ context }) => context))],
      broadcasts: [...new Set(outputs.map(({ context }) => context))],
      settings: { properties },
      ...(inputs.length + outputs.length > 0
        ? { bindings: { ...(inputs.length > 0 ? { inputs } : {}), ...(outputs.length > 0 ? { outputs } : {}) } }
        : {}),
    },
    notes: [
      ...(element
        ? unknownTo(element, inputs, outputs)
        : [`${found.label} has no Custom Elements Manifest for it: nothing but what you said is known`]),
      ...(leftOut.length > 0 ? [`no settings, for what their types are: ${leftOut.join(', ')}; --attribute <name>:<type> makes one`] : []),
    ],
  };
}

/** What a context sets is no setting, unless it was asked for by name. */
function settings(element: ElementDescription | undefined, asked: readonly string[], inputs: readonly Input[]) {
  const of = settingsOf(element?.attributes ?? new Map());
  const properties = { ...of.properties };
  for (const { attribute } of inputs) if (attribute !== undefined) delete properties[attribute];
  for (const text of asked) {
    const read = readAttribute(text);
    if (!read) throw new CliError('usage', `--attribute ${text} is not <name>[:string|number|integer|boolean][=<value>]`, 2);
    const known = of.properties[read.name];
    const type = read.type ?? known?.type ?? 'string';
    const setting: Setting = known && known.type === type ? known : { type, title: titleOf(read.name) };
    properties[read.name] = read.preset === undefined ? setting : preset(setting, read.preset);
  }
  const said = new Set(asked.map((text) => readAttribute(text)?.name));
  return { properties, leftOut: of.leftOut.filter((one) => !said.has(one.split(' ')[0])) };
}

const versionsIn = (given: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf('@');
      if (at < 1) throw new CliError('usage', `--with ${text} is not <package>@<version>`, 2);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
