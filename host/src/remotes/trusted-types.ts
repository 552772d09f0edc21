/**
 * How text becomes HTML on this page, whosever text it is. What code gives to a sink as a string, the browser's own sanitizer
 * cleans: the default policy. What a library makes into HTML by a policy of its own is taken as it is, and nothing of it runs
 * either: scripts, handlers and addresses with code are refused by `script-src`. Text becomes no script by any policy.
 *
 * The page's policy names these two and one for the dashboard's own import maps, and lets each be made once: all three are made
 * here, before any widget runs.
 */

import { putLocalUseBack, withoutLocalUse } from './local-use';
import { RefusedByPolicy } from './refusals';

/** As the browser has it; its types do not know it yet. */
interface Sanitizing {
  setHTML(text: string, options: { sanitizer: { comments: boolean; removeElements: string[] } }): void;
}

type Html = Pick<TrustedTypePolicy, 'createHTML'>;

/** Beside what no sanitizer lets through: they say something about the page, which is the dashboard's. */
const CLEANED = { sanitizer: { comments: true, removeElements: ['base', 'link', 'meta'] } };

const factory = window.trustedTypes;
const html = factory?.createPolicy('widget-html', { createHTML: (text) => text });
const scripts = factory?.createPolicy('host-import-map', { createScript: (text) => text, createScriptURL: (address) => address });

/** `script.textContent` asks for it also where the script is only an import map. Never for what came over the network. */
export const ownScript = (text: string): TrustedScript | string => scripts?.createScript(text) ?? text;

/** Of a script that the dashboard itself starts. */
export const ownScriptAddress = (address: string): TrustedScriptURL | string => scripts?.createScriptURL(address) ?? address;

if (factory && html) {
  factory.createPolicy('default', 'setHTML' in Element.prototype ? { createHTML: forSink } : {});
  // A library's policy by whatever name, and however many copies of it there are, makes its HTML through ours.
  const createPolicy = (name: string, rules: Partial<TrustedTypePolicyOptions> = {}): TrustedTypePolicy => htmlPolicy(name, rules);
  Object.defineProperty(Object.getPrototypeOf(factory), 'createPolicy', { configurable: true, writable: true, value: createPolicy });
  readXmlAsItIs(html);
}

function htmlPolicy(name: string, { createHTML }: Partial<TrustedTypePolicyOptions>): TrustedTypePolicy {
  const refuse = (what: string) => (): never => {
    throw new RefusedByPolicy(`The policy "${name}" makes no ${what}: the dashboard runs published files only`);
  };
  const make = (text: string, ...more: unknown[]): TrustedHTML | undefined => html?.createHTML(createHTML?.(String(text), ...more) ?? '');
  return Object.create(Object.getPrototypeOf(html), {
    name: { value: String(name), enumerable: true },
    createHTML: { value: createHTML ? make : refuse('HTML'), enumerable: true },
    createScript: { value: refuse('script of a text'), enumerable: true },
    createScriptURL: { value: refuse('address of a script'), enumerable: true },
  }) as TrustedTypePolicy;
}

/** What is written to a page that has loaded takes the place of all of it, so that is refused. */
function forSink(text: string, _type: string, sink: string): string {
  if (sink.startsWith('Document write')) throw new RefusedByPolicy('A widget writes into its own element, not over the page');
  return sanitize(text);
}

function sanitize(text: string): string {
  const clean = cleaned(text);
  const inside = [...clean.content.children];
  if (!inside.some((element) => element instanceof HTMLUnknownElement)) return clean.innerHTML;
  // Parts of a drawing, for an element inside one: as HTML `<path/>` would not end where it does.
  const [drawing, ...rest] = cleaned(`<svg>${text}</svg>`).content.childNodes;
  return drawing instanceof SVGElement && rest.length === 0 ? drawing.innerHTML : clean.innerHTML;
}

/** Parsed in a template: rows of a table stay, and nothing of it is fetched. */
function cleaned(text: string): HTMLTemplateElement {
  const template = document.createElement('template');
  (template as unknown as Sanitizing).setHTML(withoutLocalUse(text, parsed), CLEANED);
  putLocalUseBack(template.content);
  return template;
}

/** As it is: the content of a template runs nothing and fetches nothing. */
function parsed(text: string): HTMLTemplateElement {
  const template = document.createElement('template');
  template.innerHTML = (html?.createHTML(text) ?? '') as string;
  return template;
}

/** A document of another kind is data until something of it is taken over; cleaned as HTML it would be another one. */
function readXmlAsItIs(policy: Html): void {
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (text, type) {
    return parseFromString.call(this, (type === 'text/html' ? text : policy.createHTML(text)) as string, type);
  };
}
