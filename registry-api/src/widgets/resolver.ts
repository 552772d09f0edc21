/**
 * Specs to loadable versions. What a spec means is kept as long as the widget's revision stays: each call asks the store for
 * the revisions (one cheap read), so that no replica ever answers with what another one has changed.
 */
import type { Resolution, ResolutionItem } from '@datamesh/contracts';
import { entryFile } from '@datamesh/publishing';
import type { Contents } from './contents';
import { LeastRecentlyUsed } from './least-recently-used';
import { choose, parseSpec, unknownWidget } from './resolve';
import type { WidgetStore } from './store';
import { baseOf, type VersionContent, versionOf, type WidgetRecord } from './widget';

export interface Resolver {
  /** One item for each spec, in the order asked. */
  resolve(specs: readonly string[]): Promise<ResolutionItem[]>;
}

export interface ResolverOptions {
  store: WidgetStore;
  contents: Contents;
  /** Counts each item by its outcome: `ok` or the failure's code. */
  count(code: string): void;
}

interface Compiled {
  widget: WidgetRecord;
  items: Map<string, ResolutionItem>;
}

/** Widgets and specs of one widget that are kept; clients choose specs, so both are bounded. */
const mostWidgets = 2000;
const mostSpecs = 200;

export function createResolver({ store, contents, count }: ResolverOptions): Resolver {
  const compiled = new LeastRecentlyUsed<Compiled>(mostWidgets);

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

  async function resolveOne(text: string, widgets: ReadonlyMap<string, Compiled | null>): Promise<ResolutionItem> {
    const spec = parseSpec(text);
    if (!spec) return { spec: text, error: { code: 'spec_invalid', detail: 'A spec is name@channel, name@range or name@version' } };
    const known = widgets.get(spec.name);
    if (!known) return { spec: text, ...unknownWidget(spec.name) };
    const ready = known.items.get(text);
    if (ready) return ready;
    const item = await itemOf(text, spec.selector, known.widget, contents);
    if (known.items.size >= mostSpecs) known.items.clear();
    known.items.set(text, item);
    return item;
  }

  return {
    resolve: async (specs) => {
      const names = [...new Set(specs.map((text) => parseSpec(text)?.name).filter((name) => name !== undefined))];
      const revisions = await store.revisions(names);
      const widgets = new Map<string, Compiled | null>();
      for (const name of names) widgets.set(name, await compile(name, revisions.get(name)));
      const items: ResolutionItem[] = [];
      for (const text of specs) {
        const item = await resolveOne(text, widgets);
        count('error' in item ? item.error.code : 'ok');
        items.push(item);
      }
      return items;
    },
  };
}

async function itemOf(text: string, selector: string, widget: WidgetRecord, contents: Contents): Promise<ResolutionItem> {
  const choice = choose(widget, selector);
  if ('error' in choice) return { spec: text, title: widget.listing.title, error: choice.error };
  return resolutionOf(text, widget, await contents.of(widget, choice.version));
}

const script = /\.m?js$/;

function resolutionOf(spec: string, widget: WidgetRecord, { name, version, manifest, files }: VersionContent): Resolution {
  const deprecated = versionOf(widget, version)?.deprecated ?? null;
  return {
    spec,
    name,
    version,
    base: baseOf(name, version),
    entry: entryFile,
    expose: manifest.expose,
    integrity: Object.fromEntries(files.filter(({ path }) => script.test(path)).map(({ path, integrity }) => [path, integrity])),
    widget: manifest,
    notices: deprecated === null ? [] : [{ code: 'deprecated', text: deprecated }],
  };
}
