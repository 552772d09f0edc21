import { type LoadPhase, messageOf, type Reason, tamed, WidgetFailure } from './failure';
import { hashOf } from './hash';
import { refusalBehind, wasRefused } from './refusals';
import { idOf, type Resolution, urlOf } from './resolution';

/** How browsers say that `import()` failed, for whatever reason. */
const NOT_IMPORTED = /dynamically imported module|Importing a module script failed/i;

/** What a script of another module system misses when it runs as an ES module. */
const SCRIPT = /\b(?:exports|module|require|define|System) is not defined|Can't find variable: (?:exports|module|require|define|System)\b/;

/** How browsers, and the runtimes of containers, say that a module was asked for by a name that leads nowhere. */
const NOT_OFFERED = [
  /RUNTIME-012[\s\S]*"shareKey"\s*:\s*"([^"]+)"/,
  /Shared module (\S+) doesn't exist in shared scope/,
  /Unsatisfied version \S+ .*of shared singleton module (\S+)/,
  /Cannot find shared "([^"]+)"/,
  /Failed to resolve module specifier "([^"]+)"/,
  /The specifier “([^”]+)” was a bare specifier/,
];

/** How containers, and their runtime, say that they have no module of the name that was asked for. */
const NOT_EXPOSED = /RUNTIME-014|Module "?\S+"? does not exist in container/;

/** `import()` only says that it failed. Which file, and why, is found out afterwards. */
export async function explain(widget: Resolution, stage: LoadPhase, thrown: unknown): Promise<WidgetFailure> {
  const cause = tamed(thrown);
  if (cause instanceof WidgetFailure) return cause;
  const failure = (reason: Reason, file?: string, what?: string): WidgetFailure =>
    new WidgetFailure(idOf(widget), stage, reason, file, cause, undefined, what);
  const message = messageOf(cause);
  const base = urlOf(widget, '');
  if (NOT_EXPOSED.test(message))
    return new WidgetFailure(
      idOf(widget),
      stage,
      'no_element',
      undefined,
      new Error(`its container exposes no ${widget.expose}`, { cause }),
    );
  const missing = NOT_OFFERED.map((words) => words.exec(message)?.[1]).find(Boolean);
  if (missing) return failure('share_missing', undefined, missing);
  if (stage === 'container' && SCRIPT.test(message)) return failure('not_a_module', urlOf(widget, widget.entry));
  const refusal = await refusalBehind(cause, message, base);
  if (refusal) return failure('policy_refused', refusal.line > 0 ? `${refusal.file}:${refusal.line}` : refusal.file, refusal.directive);
  if (!NOT_IMPORTED.test(message)) return failure('threw');
  const [file] = /https?:\/\/[^\s"')]+/.exec(message) ?? [];
  if (!file) return failure('threw');
  if (!file.startsWith(base)) return failure('not_published', file);
  const found = await examine(widget, file);
  return failure(found.reason, found.file, found.what);
}

/**
 * The file that did not load, and those that it imports: the browser names the one that was asked for, whichever of them it was.
 * Past the cache, and into it: whatever comes replaces a copy that was refused.
 */
async function examine(widget: Resolution, asked: string): Promise<{ reason: Reason; file: string; what?: string }> {
  const base = urlOf(widget, '');
  const files = new Set([asked]);
  for (const file of files) {
    const expected = widget.integrity[file.slice(base.length).replace(/\?.*/, '')];
    if (!file.startsWith(base) || !expected) return { reason: 'not_published', file };
    const bytes = await fetched(file);
    if (!bytes) return { reason: 'unavailable', file };
    if ((await hashOf(bytes)) !== expected) return { reason: 'wrong_bytes', file };
    const text = new TextDecoder().decode(bytes);
    const foreign = foreignImportsIn(text).find(wasRefused);
    if (foreign) return { reason: 'policy_refused', file, what: `script-src: ${foreign}` };
    for (const specifier of importsIn(text)) files.add(new URL(specifier, file).href);
  }
  return { reason: 'mended', file: asked };
}

async function fetched(url: string): Promise<ArrayBuffer | undefined> {
  try {
    const response = await fetch(url, { cache: 'reload' });
    return response.ok ? await response.arrayBuffer() : undefined;
  } catch {
    // The only way to get here is a network that does not answer, which is what the code says.
    return undefined;
  }
}

/** Addresses of static imports in a module's text; what is only looks like one costs a look at a file. */
export const importsIn = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*(["'])(\.{0,2}\/[^"'\s]+)\1/g)].map(([, , specifier]) => specifier ?? '');

/** Addresses elsewhere, and names with a scheme, such as those of Node's own modules. */
const foreignImportsIn = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*(["'])([a-z][a-z0-9+.-]*:[^"'\s]+)\1/g)].map(([, , specifier]) => specifier ?? '');
