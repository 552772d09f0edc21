import { sharedLibraries } from '@datamesh/contracts/shared-libraries';
import { createInstance } from '@module-federation/enhanced/runtime';
import { elementClassOf, type WidgetClass } from './element-class';
import { type LoadPhase, WidgetFailure } from './failure';
import { admit, entryOf } from './integrity';
import { explain } from './lazy-explain';
import { idOf, partsOf, type Resolution, urlOf } from './resolution';
import { scopeElements } from './scoped-elements';
import { sharedModules } from './shared-modules';
import { admitWorkers } from './workers';
import { refuseWorklets } from './worklets';

const provide = (version: string, module: unknown) => ({
  version,
  lib: () => module,
  shareConfig: { singleton: true, requiredVersion: `^${version}` },
});

const federation = createInstance({
  name: 'host',
  remotes: [],
  shareStrategy: 'loaded-first',
  shared: Object.fromEntries(
    Object.entries(sharedLibraries).map(([name, version]) => [name, provide(version, sharedModules[name as keyof typeof sharedModules])]),
  ),
  // The runtime would add <link rel=modulepreload> and, unchecked by any hash, <link rel=stylesheet> to the page.
  plugins: [
    {
      name: 'no-injected-links',
      beforePreloadRemote({ preloadOps }) {
        preloadOps.length = 0;
        return Promise.resolve();
      },
    },
  ],
});

scopeElements();
admitWorkers();
refuseWorklets();

const classes = new Map<string, Promise<WidgetClass>>();
/** How often a version failed: each further attempt gets a container of its own. */
const failures = new Map<string, number>();

/** Loads a version once and answers with its element class, which is defined. Throws a WidgetFailure. */
export function load(widget: Resolution): Promise<WidgetClass> {
  const id = idOf(widget);
  let loaded = classes.get(id);
  if (!loaded) {
    loaded = loadOnce(widget);
    classes.set(id, loaded);
    loaded.catch(() => classes.delete(id));
  }
  return loaded;
}

/** How many versions were loaded beyond one of each widget: their code stays for as long as the page. */
export const versionsLeftBehind = (): number => classes.size - new Set([...classes.keys()].map((id) => partsOf(id).name)).size;

/** A version of which a lazy chunk did not load: its container remembers that for ever, so the next `load` makes another one. */
export function distrust(widget: Resolution): void {
  const id = idOf(widget);
  classes.delete(id);
  failures.set(id, (failures.get(id) ?? 0) + 1);
  forgetFailedShares();
}

/** Each damaged copy that is found in the cache is replaced and costs one more attempt; there are no more than there are files. */
async function loadOnce(widget: Resolution): Promise<WidgetClass> {
  for (let files = Object.keys(widget.integrity).length; ; files--) {
    try {
      return await attempt(widget);
    } catch (failure) {
      if (files <= 0 || !(failure instanceof WidgetFailure) || failure.reason !== 'mended') throw failure;
    }
  }
}

async function attempt(widget: Resolution): Promise<WidgetClass> {
  const id = idOf(widget);
  const before = failures.get(id) ?? 0;
  const name = before ? `${id}+${before}` : id;
  let stage: LoadPhase = 'container';
  try {
    admit([widget], before);
    const entry = urlOf(widget, entryOf(widget, before));
    // Before the runtime asks for it, whose errors say less; it then gets the same module.
    const container: unknown = await import(/* webpackIgnore: true */ /* @vite-ignore */ entry);
    const lacks = lackingIn(container);
    if (lacks.length > 0) throw new WidgetFailure(id, stage, 'not_a_module', entry, undefined, undefined, wordsFor(container, lacks));
    // Without `force`: a name that is known keeps its entry, which is why each attempt has a name of its own.
    federation.registerRemotes([{ name, entry, type: 'module' }]);
    const module = await federation.loadRemote(`${name}/${widget.expose.replace(/^\.\//, '')}`);
    stage = 'element';
    return await elementClassOf(widget, module, before);
  } catch (cause) {
    failures.set(id, before + 1);
    forgetFailedShares();
    throw await explain(widget, stage, cause);
  }
}

/** What a container exports and this one does not. */
const lackingIn = (module: unknown): string[] =>
  ['init', 'get'].filter((name) => typeof (module as Record<string, unknown> | null)?.[name] !== 'function');

/** A script exports nothing at all: for that there is a sentence of its own. */
const wordsFor = (module: unknown, lacks: string[]): string | undefined =>
  module && Object.keys(module).length > 0 ? lacks.join(', ') : undefined;

/** The share scope keeps the rejected promise of a chunk that did not load, for every later consumer. */
function forgetFailedShares(): void {
  for (const scope of Object.values(federation.shareScopeMap))
    for (const versions of Object.values(scope))
      for (const shared of Object.values(versions)) if (!shared.loaded && shared.loading) shared.loading = null;
}
