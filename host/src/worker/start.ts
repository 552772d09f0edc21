/**
 * What a worker begins with, whichever widget starts it (`/worker?file=/remotes/<name>/<version>/<path>`). It runs a script of a
 * published version, and no other bytes: the hash comes from the registry and not from whoever started it. Its policy
 * (host/server/policy.ts) then lets nothing else run: text becomes a script by the one policy for it, which is made here before
 * the first line of the widget's, and no address of a script is admitted at all.
 */
import type { Resolution, ResolutionItem } from '@datamesh/contracts';
import { hashOf } from '../remotes/hash';
import { isResolution } from '../remotes/resolution';
import { type Refusal, refusalText } from '../remotes/worker-refusal';

const { crypto, fetch, trustedTypes } = globalThis as unknown as Window & typeof globalThis;
const scripts = trustedTypes?.createPolicy('published-worker', { createScript: (text) => text });
// Its modules would be bytes that nobody published.
Reflect.deleteProperty(globalThis, 'WebAssembly');

// What is posted to a worker before its script has run waits, as it would for any other worker.
const early: MessageEvent[] = [];
function hold(event: MessageEvent): void {
  event.stopImmediatePropagation();
  early.push(event);
}
addEventListener('message', hold);

void start(new URLSearchParams(location.search).get('file') ?? '');

async function start(file: string): Promise<void> {
  try {
    const text = await publishedText(file);
    run(text, file);
  } catch (error) {
    reportError(error);
    return;
  }
  removeEventListener('message', hold);
  for (const { data, origin, lastEventId, ports } of early)
    dispatchEvent(new MessageEvent('message', { data, origin, lastEventId, ports: [...ports] }));
}

function run(text: string, file: string): void {
  if (!scripts) throw refused('unsupported', 'this browser has no Trusted Types in workers');
  const script = scripts.createScript(`${text}\n//# sourceURL=${location.origin}${file}`);
  try {
    // biome-ignore lint/security/noGlobalEval: the one script of this worker, whose bytes are the published ones.
    // biome-ignore lint/complexity/noCommaOperator: an indirect eval, so that it runs as a script of its own does.
    (0, eval)(script as unknown as string);
  } catch (error) {
    if (error instanceof SyntaxError && /\b(?:import|export)\b/.test(error.message)) throw refused('not_a_script', error.message);
    throw error;
  }
}

/** A copy in the browser's cache may be a damaged one: then it is fetched anew, once. */
async function publishedText(file: string): Promise<string> {
  const hash = await publishedHash(file);
  for (const cache of ['default', 'reload'] as const) {
    const response = await fetch(file, { cache }).catch(() => undefined);
    if (!response?.ok) throw refused('unavailable', `${file} could not be fetched`);
    const bytes = await response.arrayBuffer();
    if ((await hashOf(bytes, crypto)) === hash) return new TextDecoder().decode(bytes);
  }
  throw refused('wrong_bytes', `${file} is not the file that was published`);
}

async function publishedHash(file: string): Promise<string> {
  const [, name, version] = /^\/remotes\/([^/]+)\/([^/]+)\/[^?#]+\.m?js$/.exec(file) ?? [];
  if (!name || !version) throw refused('not_published', `${file} is no script of a published version`);
  const { base, integrity } = await resolved(`${name}@${version}`, file);
  const hash = file.startsWith(base) ? integrity[file.slice(base.length)] : undefined;
  if (!hash) throw refused('not_published', `${file} is not part of what was published`);
  return hash;
}

/** Straight from the registry: a version that was withdrawn starts no worker any more. */
async function resolved(widget: string, file: string): Promise<Resolution> {
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ widgets: [widget] }) };
  const response = await fetch('/api/v1/resolve', asked).catch(() => undefined);
  if (!response?.ok) throw refused('unavailable', `the registry does not say what ${file} is`);
  const [item] = ((await response.json()) as { items: ResolutionItem[] }).items;
  if (!item || !isResolution(item)) throw refused('not_published', `${widget} cannot be used any more`);
  return item;
}

const refused = (refusal: Refusal, words: string): Error => new Error(refusalText(refusal, words));
