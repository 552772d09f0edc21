/** Widgets that were published, as far as a page can tell: files below /remotes, and the registry's answer with their hashes. */
import type { WidgetManifest } from '@datamesh/contracts';
import type { Resolution } from '../remotes/resolution';

export interface PublishOptions {
  version?: string;
  manifest?: Partial<WidgetManifest>;
  /** What is served in place of what was published. */
  served?: { body?: string; status?: number };
}

/** A container as a bundler makes it. `element`: an expression, the element's class; undefined: what `rest` defines by itself. */
const containerOf = (element: string): string => `
export const init = () => undefined;
export const get = async () => { const module = { default: ${element} }; return () => module; };
`;

let published = 0;

/** `element`: JavaScript, an expression that gives the class. Each has a name of its own: a page never forgets one. */
export async function publish(
  element: string,
  { version = '1.0.0', manifest = {}, served = {} }: PublishOptions = {},
): Promise<Resolution> {
  const name = manifest.name ?? `made-${++published}`;
  const base = `/remotes/${name}/${version}/`;
  const container = containerOf(element);
  const response = await fetch(`${base}remoteEntry.mjs`, {
    method: 'PUT',
    body: served.body ?? container,
    headers: { 'x-status': String(served.status ?? 200) },
  });
  if (!response.ok) throw new Error(`the file was not taken: ${response.status}`);
  return {
    spec: `${name}@stable`,
    name,
    version,
    base,
    entry: 'remoteEntry.mjs',
    expose: './widget',
    integrity: { 'remoteEntry.mjs': await hashOf(container) },
    widget: { title: name, description: 'Made for a test.', publisher: 'platform', expose: './widget', ...manifest, name },
    notices: [],
  };
}

async function hashOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', new TextEncoder().encode(text)));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
}
