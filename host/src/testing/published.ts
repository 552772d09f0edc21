/** Widgets that were published, as far as a page can tell: files below /remotes, and the registry's answer with their hashes. */
import type { WidgetManifest } from '@datamesh/contracts';
import type { Resolution } from '../remotes/resolution';

export interface Published {
  name: string;
  version?: string;
  /** Of `widget.mjs`, whose default export is the element's class. */
  code: string;
  /** Further files by path, or others in place of those that are made. */
  more?: Record<string, string>;
  manifest?: Partial<WidgetManifest>;
  /** What is served in place of what was published; null: nothing. */
  served?: Record<string, string | null>;
}

/** A container as a bundler makes it, of `widget.mjs` beside it. */
export const CONTAINER = `
export const init = () => undefined;
export const get = async () => { const module = await import('./widget.mjs'); return () => module; };
`;

/** A page never forgets a version that it has loaded: another test takes another name. */
export async function publish({ name, version = '1.0.0', code, more = {}, manifest = {}, served = {} }: Published): Promise<Resolution> {
  const base = `/remotes/${name}/${version}/`;
  const files = { 'remoteEntry.mjs': CONTAINER, 'widget.mjs': code, ...more };
  const integrity: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    integrity[path] = await hashOf(text);
    const body = path in served ? served[path] : text;
    if (typeof body === 'string') await put(base + path, body);
  }
  return {
    spec: `${name}@stable`,
    name,
    version,
    base,
    entry: 'remoteEntry.mjs',
    expose: './widget',
    integrity,
    widget: { title: name, description: 'Made for a test.', publisher: 'platform', expose: './widget', ...manifest, name },
    notices: [],
  };
}

async function put(path: string, body: string): Promise<void> {
  const { ok, status } = await fetch(path, { method: 'PUT', body });
  if (!ok) throw new Error(`${path} was not taken: ${status}`);
}

async function hashOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(text)));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
}
