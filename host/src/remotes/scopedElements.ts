/**
 * Inner custom elements by version. Tags are the page's: the second version that defines one would throw, or be given the first
 * one's classes. So whose code defines, asks or creates is told by the address of its file, and what a later version defines goes
 * into a registry of its own, with which its shadow roots and elements are made. The first one has the page's registry, and as
 * long as no tag is defined twice nothing but `define` and `get` is any different.
 *
 * Not told apart: elements that a library of the dashboard creates for a later version (a shared React), and `new Inner()`, whose
 * local name is an alias. A browser without scoped registries has one class for all: `sharedTags` says of which tags.
 */
import type { Resolution } from './resolution';

type Scope = { customElementRegistry: CustomElementRegistry };

// Only a browser has them, and a test that asks for nothing here runs without one.
const { define, get, getName, whenDefined } = (globalThis.CustomElementRegistry?.prototype ?? {}) as CustomElementRegistry;
const { attachShadow } = (globalThis.Element?.prototype ?? {}) as Element;
const { createElement, importNode } = (globalThis.Document?.prototype ?? {}) as Document;

const scopes = new Map<string, CustomElementRegistry | null>();
const owners = new WeakMap<object, string>();
/** Base -> the tags that its code defined. */
const defined = new Map<string, Set<string>>();
/** Base -> the tags of those that somebody else had defined before. */
const contested = new Map<string, Set<string>>();
let aliases = 0;

/** `/remotes/maps/1.0.0/` of the nearest widget's file in the stack. */
const callingBase = (): string | undefined => /\/remotes\/[^/\s]+\/[^/\s]+\//.exec(new Error().stack ?? '')?.[0];

/** Null where the browser has no scoped registries. */
function scopeOf(base: string): CustomElementRegistry | null {
  let scope = scopes.get(base);
  if (scope === undefined) {
    try {
      scope = new CustomElementRegistry();
    } catch {
      scope = null; // "Illegal constructor": there is the page's registry alone
    }
    scopes.set(base, scope);
  }
  return scope;
}

/** The registry of code that defines a tag which another version has on this page; of any other code none. */
const laterScope = (base: string | undefined): CustomElementRegistry | null =>
  base !== undefined && contested.has(base) ? scopeOf(base) : null;

/** Once for each page, before the first widget. */
export function scopeElements(): void {
  const registry = customElements;
  registry.define = (name, Class, options) => {
    const base = callingBase();
    if (base === undefined || options?.extends !== undefined) define.call(registry, name, Class, options);
    else defineFor(base, name, Class);
  };
  registry.get = (name) => {
    const base = callingBase();
    if (base === undefined || !scopeOf(base)) return get.call(registry, name);
    return defined.get(base)?.has(name) ? scopeOf(base)?.get(name) : undefined;
  };
  registry.whenDefined = (name) => {
    const base = callingBase();
    return whenDefined.call((base !== undefined && scopeOf(base)) || registry, name);
  };
  Element.prototype.attachShadow = function (init) {
    const scope = laterScope(owners.get(this.constructor));
    return attachShadow.call(this, scope ? { customElementRegistry: scope, ...init } : init);
  };
}

function defineFor(base: string, name: string, Class: CustomElementConstructor): void {
  const known = defined.get(base) ?? new Set<string>();
  defined.set(base, known);
  // As the browser would: a tag, or a class, twice in one version is its mistake.
  if (scopeOf(base)) scopeOf(base)?.define(name, Class);
  else if (known.has(name)) define.call(customElements, name, Class);
  known.add(name);
  owners.set(Class, base);
  // What a widget exports has a tag of ours before a library that takes its time gives it another.
  const named = getName.call(customElements, Class) === null ? Class : class extends Class {};
  owners.set(named, base);
  if (!get.call(customElements, name)) {
    define.call(customElements, name, named);
    return;
  }
  if (contested.size === 0) scopeCreation();
  contested.set(base, (contested.get(base) ?? new Set()).add(name));
  // For `new`, which asks the page's registry.
  define.call(customElements, `${name}--${++aliases}`, named);
}

/** From the first tag on that two versions define. */
function scopeCreation(): void {
  const { cloneNode } = Node.prototype;
  const imported = (node: Node, deep: boolean, scope: CustomElementRegistry): Node =>
    (importNode as (node: Node, options: Scope & { selfOnly: boolean }) => Node).call(document, node, {
      selfOnly: !deep,
      customElementRegistry: scope,
    });
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const scope = laterScope(callingBase());
    return createElement.call(document, name, scope ? ({ customElementRegistry: scope, ...options } as ElementCreationOptions) : options);
  };
  document.importNode = (<T extends Node>(node: T, options?: boolean | object) => {
    const scope = typeof options === 'object' ? null : laterScope(callingBase());
    return scope ? imported(node, options === true, scope) : importNode.call(document, node, options as boolean);
  }) as typeof document.importNode;
  Node.prototype.cloneNode = function (deep = false) {
    // A template's content belongs to no window; what is cloned from it would be the page's.
    const scope = this.ownerDocument?.defaultView === null ? laterScope(callingBase()) : null;
    return scope ? imported(this, deep, scope) : cloneNode.call(this, deep);
  };
}

/** The class of a widget's element, defined under `tag` unless its own code has defined it; made with `new`. */
export function definedFor({ base }: Pick<Resolution, 'base'>, Class: CustomElementConstructor, tag: string): CustomElementConstructor {
  owners.set(Class, base);
  if (getName.call(customElements, Class) === null) define.call(customElements, tag, Class);
  const scope = laterScope(base);
  if (!scope) return Class;
  if (scope.getName(Class) === null) scope.define(tag, Class);
  return madeIn(scope, scope.getName(Class) ?? tag);
}

/** The class that the widget's code has defined, or will define, under this tag. */
export async function awaitedFor({ base }: Pick<Resolution, 'base'>, tag: string): Promise<CustomElementConstructor> {
  const Class = await whenDefined.call(scopeOf(base) ?? customElements, tag);
  const scope = laterScope(base);
  return scope ? madeIn(scope, tag) : Class;
}

/** With the scope in the element itself: what is written into it as HTML is then of the version, too. */
function madeIn(scope: CustomElementRegistry, tag: string): CustomElementConstructor {
  // A constructor that throws is reported to the window, where whoever makes a widget listens.
  function made(): HTMLElement {
    return createElement.call(document, tag, { customElementRegistry: scope } as ElementCreationOptions);
  }
  return made as unknown as CustomElementConstructor;
}

/** Tags that this version defines and does not have for itself, as the browser has one registry for all. */
export const sharedTags = ({ base }: Pick<Resolution, 'base'>): string[] => (scopeOf(base) ? [] : [...(contested.get(base) ?? [])]);
