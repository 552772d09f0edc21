/**
 * What a Custom Elements Manifest says of elements: of its standard form (1.x and 2.x), of the one before it (a list of `tags`), and of what
 * makers leave out of either.
 */

export interface Described {
  /** As HTML and schemas have it: `string`, `number`, `'a' | 'b'`. */
  type: string | undefined;
  description: string | undefined;
}

export interface ElementDescription {
  /** Undefined: the manifest has the class alone. */
  tag: string | undefined;
  className: string | undefined;
  description: string | undefined;
  attributes: ReadonlyMap<string, Described>;
  properties: ReadonlySet<string>;
  events: ReadonlySet<string>;
  /** Where the element comes from: a path as the manifest writes it, often that of the source. */
  module: string;
  /** What that module exports the class as; undefined: it only defines the tag. */
  exported: string | undefined;
}

interface Named {
  name?: string;
  type?: { text?: string } | string;
  description?: string;
  attribute?: string;
  default?: string;
  kind?: string;
  privacy?: string;
  static?: boolean;
}
interface Declaration extends Named {
  tagName?: string;
  customElement?: boolean;
  summary?: string;
  attributes?: Named[];
  members?: Named[];
  events?: Named[];
  superclass?: { name?: string };
  mixins?: { name?: string }[];
}
interface Exported {
  kind?: string;
  name?: string;
  declaration?: { name?: string; module?: string };
}
interface Module {
  path: string;
  declarations?: Declaration[];
  exports?: Exported[];
}
interface Manifest {
  modules?: Module[];
  tags?: (Declaration & { path?: string; properties?: Named[] })[];
}

export function elementsIn(manifest: unknown): ElementDescription[] {
  const { modules, tags } = (manifest ?? {}) as Manifest;
  if (!Array.isArray(modules)) return (Array.isArray(tags) ? tags : []).map(ofBefore);
  const declared = new Map<string, Declaration>();
  for (const { declarations = [] } of modules)
    for (const one of declarations) if (one.name !== undefined && !declared.has(one.name)) declared.set(one.name, one);
  const defined = modules.flatMap((module) => definitionsIn(module, declared));
  const tagged = new Set(defined.map(({ className }) => className));
  // A class without a definition in the manifest: its module may define it all the same, and the dashboard does where it does not.
  const undefinedOnes = modules.flatMap((module) =>
    (module.declarations ?? [])
      .filter(
        (one) => (one.customElement || one.tagName !== undefined) && !tagged.has(one.name) && exportOf(module, one.name) !== undefined,
      )
      .map((one) => describe(one, one.tagName, module, declared)),
  );
  return [...defined, ...undefinedOnes];
}

const definitionsIn = (module: Module, declared: ReadonlyMap<string, Declaration>): ElementDescription[] =>
  (module.exports ?? [])
    .filter(({ kind }) => kind === 'custom-element-definition')
    .flatMap(({ name: tag, declaration }) => {
      const own = module.declarations?.find(({ name }) => name === declaration?.name) ?? declared.get(declaration?.name ?? '');
      return tag === undefined ? [] : [describe(own ?? {}, tag, module, declared)];
    });

function describe(
  own: Declaration,
  tag: string | undefined,
  module: Module,
  declared: ReadonlyMap<string, Declaration>,
): ElementDescription {
  const line = ancestry(own, declared);
  const attributes = new Map<string, Described>();
  for (const { attributes: listed = [], members = [] } of line) {
    const fields = members.filter(({ attribute }) => attribute !== undefined).map((field) => ({ ...field, name: field.attribute }));
    for (const one of [...listed, ...fields]) {
      const name = one.name?.toLowerCase();
      if (name !== undefined && !attributes.has(name)) attributes.set(name, described(one));
    }
  }
  return {
    tag: tag ?? tagOfClass(own.name),
    className: own.name,
    description: own.summary ?? own.description,
    attributes,
    properties: namesOf(line.flatMap(({ members = [] }) => members.filter(isField))),
    events: namesOf(line.flatMap(({ events = [] }) => events)),
    module: module.path,
    exported: exportOf(module, own.name),
  };
}

/** A class and what it inherits from, as far as the manifest has it. */
function ancestry(own: Declaration, declared: ReadonlyMap<string, Declaration>): Declaration[] {
  const line = [own];
  for (const one of line)
    for (const { name } of [...(one.mixins ?? []), ...(one.superclass ? [one.superclass] : [])]) {
      const found = declared.get(name ?? '');
      if (found && !line.includes(found)) line.push(found);
    }
  return line;
}

/** `default` before a name: it is what most makers keep. */
function exportOf(module: Module, className: string | undefined): string | undefined {
  const names = (module.exports ?? [])
    .filter(({ kind, declaration }) => kind === 'js' && className !== undefined && declaration?.name === className)
    .map(({ name }) => name);
  return names.includes('default') ? 'default' : names[0];
}

/** `RelativeTimeElement` -> `relative-time`; undefined where that is no tag. */
function tagOfClass(name: string | undefined): string | undefined {
  const tag = name
    ?.replace(/Element$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase();
  return tag?.includes('-') ? tag : undefined;
}

const isField = ({ kind, privacy, static: ofClass }: Named): boolean =>
  kind === 'field' && !ofClass && privacy !== 'private' && privacy !== 'protected';

const namesOf = (ones: readonly Named[]): Set<string> => new Set(ones.flatMap(({ name }) => name ?? []));

const described = ({ type, default: preset, description }: Named): Described => ({
  type: (typeof type === 'string' ? type : type?.text) ?? typeOfText(preset),
  description,
});

/** What is written in a script as a value says what kind it is. */
function typeOfText(text: string | undefined): string | undefined {
  if (text === 'true' || text === 'false') return 'boolean';
  return text !== undefined && text !== '' && Number.isFinite(Number(text)) ? 'number' : undefined;
}

function ofBefore(tag: NonNullable<Manifest['tags']>[number]): ElementDescription {
  return {
    tag: tag.name,
    className: undefined,
    description: tag.description,
    attributes: new Map(
      (tag.attributes ?? []).flatMap((one) => (one.name === undefined ? [] : [[one.name.toLowerCase(), described(one)]])),
    ),
    properties: namesOf(tag.properties ?? []),
    events: namesOf(tag.events ?? []),
    module: tag.path ?? '',
    exported: undefined,
  };
}
