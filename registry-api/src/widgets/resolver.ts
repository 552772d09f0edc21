/**
 * Specs to loadable versions. What a spec means is kept as long as the widget's revision stays: each call asks the store for
 * the revisions (one cheap read), so that no replica ever answers with what another one has changed.
 */
import type { Resolution, ResolutionItem } from '@datamesh/contracts';
import { entryFile } from '@datamesh/publishing';
import { LRUCache } from 'lru-cache';
import { choose, parseSpec, unknownWidget } from './resolve';
import type { WidgetStore } from './store';
import type { VersionContents } from './version-content';
import { baseOf, type VersionContent, versionOf, type WidgetRecord } from './widget';

export interface Resolver {
  /** One item for each spec, in the order asked. */
  resolve(specs: readonly string[]): Promise<ResolutionItem[]>;
  /** The same, each as JSON: what never changes of an answer is written once. */
  resolveToText(specs: readonly string[]): Promise<string[]>;
}

export interface ResolverOptions {
  store: WidgetStore;
  contents: VersionContents;
  /** Counts each item by its outcome: `ok` or the failure's code. */
  count(code: string): void;
}

interface Item {
  item: ResolutionItem;
  /** As JSON. */
  text: string;
}

interface Compiled {
  widget: WidgetRecord;
  items: Map<string, Item>;
}

const itemOf = (item: ResolutionItem): Item => ({ item, text: JSON.stringify(item) });

/** Widgets and specs of one widget that are kept; clients choose specs, so both are bounded. */
const maxWidgets = 2000;
const maxSpecs = 200;

export function createResolver({ store, contents, count }: ResolverOptions): Resolver {
  const compiled = new LRUCache<string, Compiled>({ max: maxWidgets });

  async function compile(name: string, revision: number | undefined): Promise<Compiled | null> {
    if (revision === undefined) return null;
    const known = compiled.get(name);
    if (known && known.widget.revision >= revision) return known;
    const widget = await store.find(name);
    if (!widget) return null;
    const fresh = { widget, items: new Map() };
    compiled.set(name, fresh);
    return fresh;
  }

  async function resolveOne(text: string, widgets: ReadonlyMap<string, Compiled | null>): Promise<Item> {
    const spec = parseSpec(text);
    if (!spec) return itemOf({ spec: text, error: { code: 'spec_invalid', detail: 'A spec is name@channel, name@range or name@version' } });
    const known = widgets.get(spec.name);
    if (!known) return itemOf({ spec: text, ...unknownWidget(spec.name) });
    const ready = known.items.get(text);
    if (ready) return ready;
    const item = itemOf(await resolved(text, spec.selector, known.widget, contents));
    if (known.items.size >= maxSpecs) known.items.clear();
    known.items.set(text, item);
    return item;
  }

  async function resolveAll(specs: readonly string[]): Promise<Item[]> {
    const names = [...new Set(specs.map((text) => parseSpec(text)?.name).filter((name) => name !== undefined))];
    const revisions = await store.revisions(names);
    const widgets = new Map<string, Compiled | null>();
    for (const name of names) widgets.set(name, await compile(name, revisions.get(name)));
    const items: Item[] = [];
    for (const text of specs) {
      const one = await resolveOne(text, widgets);
      count('error' in one.item ? one.item.error.code : 'ok');
      items.push(one);
    }
    return items;
  }

  return {
    resolve: async (specs) => (await resolveAll(specs)).map(({ item }) => item),
    resolveToText: async (specs) => (await resolveAll(specs)).map(({ text }) => text),
  };
}

async function resolved(text: string, selector: string, widget: WidgetRecord, contents: VersionContents): Promise<ResolutionItem> {
  const choice = choose(widget, selector);
  if ('error' in choice) return { spec: text, title: widget.listing.title, error: choice.error };
  return resolutionOf(text, widget, await contents.of(widget, choice.version));
}

const script = /\.m?js$/;

function resolutionOf(spec: string, widget: WidgetRecord, { name, version, manifest, files, preload = [] }: VersionContent): Resolution {
  const deprecated = versionOf(widget, version)?.deprecated ?? null;
  return {
    spec,
    name,
    version,
    base: baseOf(name, version),
    entry: entryFile,
    expose: manifest.expose,
    integrity: Object.fromEntries(files.filter(({ path }) => script.test(path)).map(({ path, integrity }) => [path, integrity])),
    preload,
    widget: manifest,
    notices: deprecated === null ? [] : [{ code: 'deprecated', text: deprecated }],
  };
}
