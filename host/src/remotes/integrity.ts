import { type Resolution, urlOf } from './resolution';
import { ownScript } from './trusted-types';

/** Address -> hash, of everything this page may load from remotes. */
const admitted = new Map<string, string>();

/**
 * Puts the hash of every script file of some widgets before the browser: from here on it refuses any other bytes.
 * `attempt` counts what failed before: the entry is then admitted under an address of its own (`remoteEntry.mjs?1`).
 */
export function admit(widgets: readonly Resolution[], attempt = 0): void {
  const integrity: Record<string, string> = {};
  for (const widget of widgets) {
    for (const [path, hash] of filesOf(widget, attempt)) {
      const url = urlOf(widget, path);
      const before = admitted.get(url);
      if (before !== undefined && before !== hash) throw new Error(`${url} was admitted with another hash before`);
      if (before === undefined) integrity[url] = hash;
      admitted.set(url, hash);
    }
  }
  if (Object.keys(integrity).length > 0) addImportMap({ integrity });
}

/** Whether it is the address of a widget's script, as a stack has it: with line and column behind it. */
export const isScriptOfWidget = (address: string): boolean => admitted.has(address.replace(/(:\d+){1,2}$/, ''));

/**
 * Asks the browser for what a widget needs to be mounted, all at once: by itself the runtime learns of each file from the one before. What has other
 * bytes than were published is refused here as it would be later.
 */
export function preload(widget: Resolution): void {
  admit([widget]);
  for (const path of [widget.entry, ...(widget.preload ?? [])]) {
    const hash = widget.integrity[path];
    if (hash === undefined) continue;
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = 'anonymous';
    link.integrity = hash;
    link.href = urlOf(widget, path);
    document.head.append(link);
  }
}

/** Script files only: an import map says nothing about anything else. */
function filesOf(widget: Resolution, attempt: number): [string, string][] {
  const files = Object.entries(widget.integrity).filter(([path]) => /\.m?js$/.test(path));
  const entry = widget.integrity[widget.entry];
  return attempt > 0 && entry ? [...files, [entryOf(widget, attempt), entry]] : files;
}

/** Same bytes, other address: a container remembers what it failed to load. */
export const entryOf = (widget: Resolution, attempt: number): string => (attempt > 0 ? `${widget.entry}?${attempt}` : widget.entry);

/** Taken out of the page before any widget runs, so that none can add an import map, or a script, of its own. */
const nonce = takeNonce();

function takeNonce(): string {
  const script = globalThis.document?.querySelector<HTMLScriptElement>('script[nonce]');
  const found = script?.nonce ?? '';
  if (script) script.nonce = '';
  return found;
}

/** Adds one more import map to the page. */
export const addImportMap = (map: { imports?: Record<string, string>; integrity?: Record<string, string> }): void =>
  addInlineScript('importmap', JSON.stringify(map));

/** Our own text only, never anything that came over the network. */
export function addInlineScript(type: 'importmap' | 'module', text: string): void {
  const script = document.createElement('script');
  script.type = type;
  // Without it the script would be dropped silently.
  script.nonce = nonce;
  script.textContent = ownScript(text) as string;
  document.head.append(script);
  script.remove();
}
