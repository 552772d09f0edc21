/**
 * Inner custom elements by version. Tags are the page's: the second version that defines one would throw, or be given the first
 * one's classes. So whose code defines or asks is told by the address of its file, and what a later version defines goes into a
 * registry of its own, with which its shadow roots and elements are made (scoped-creation.ts). The first one has the page's
 * registry, and as long as no tag is defined twice nothing but `define`, `get` and `attachShadow` is any different.
 *
 * A browser without scoped registries has one class for all: `sharedTags` says of which tags. docs/widgets.md says what is not
 * told apart.
 */

import { builtInOf } from './built-ins';
import { callingBase } from './caller';
import type { Resolution } from './resolution';
import { scopeCreation, scoped } from './scoped-creation';

// Only a browser has them, and a test that asks for nothing here runs without one.
const { define, get, getName, whenDefined } = (globalThis.CustomElementRegistry?.prototype ?? {}) as CustomElementRegistry;
const { attachShadow } = (globalThis.Element?.prototype ?? {}) as Element;
const { createElement } = (globalThis.Document?.prototype ?? {}) as Document;

const scopes = new Map<string, CustomElementRegistry | null>();
const owners = new WeakMap<object, string>();
/** Base -> the tags that its code defined. */
const defined = new Map<string, Set<string>>();
/** Base -> the tags of those that somebody else had defined before. */
const contested = new Map<string, Set<string>>();
/** Of those versions that have any of them: what is made with one of these is theirs. */
const laterScopes = new Set<unknown>();
let aliases = 0;

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

/** The registry that a node was made with, where it is a later version's. */
const scopeAt = ({ customElementRegistry }: Node & { customElementRegistry?: unknown }): CustomElementRegistry | null =>
  laterScopes.has(customElementRegistry) ? (customElementRegistry as CustomElementRegistry) : null;

/** Once for each page, before the first widget. */
export function scopeElements(): void {
  const registry = customElements;
  registry.define = (name, Class, options) => {
    const base = callingBase();
    if (base !== undefined && options?.extends === undefined) return defineFor(base, name, Class);
    define.call(registry, name, Class, options);
    if (base !== undefined) owners.set(Class, base);
  };
  registry.get = (name) => {
    const scope = scopeOfCaller();
    return scope ? (get.call(scope, name) ?? nobodys(name)) : get.call(registry, name);
  };
  registry.getName = (Class) => {
    const scope = scopeOfCaller();
    return (scope && getName.call(scope, Class)) ?? getName.call(registry, Class);
  };
  registry.whenDefined = (name) => whenDefined.call(nobodys(name) ? registry : (scopeOfCaller() ?? registry), name);
  Element.prototype.attachShadow = function (init) {
    const scope = laterScopes.size > 0 ? (laterScope(owners.get(this.constructor)) ?? scopeAt(this)) : null;
    return attachShadow.call(this, scope ? scoped(scope, init) : init);
  };
}

function scopeOfCaller(): CustomElementRegistry | null {
  const base = callingBase();
  return base === undefined ? null : scopeOf(base);
}

function laterScopeOfCaller(): CustomElementRegistry | null | undefined {
  const base = callingBase();
  return base === undefined ? undefined : laterScope(base);
}

/** Defined by no version's code, as far as one can tell: it is there for all of them. */
function nobodys(name: string): CustomElementConstructor | undefined {
  const Class = get.call(customElements, name);
  return Class && !owners.has(Class) ? Class : undefined;
}

function defineFor(base: string, name: string, Class: CustomElementConstructor): void {
  const known = defined.get(base) ?? new Set<string>();
  defined.set(base, known);
  const scope = scopeOf(base);
  // As the browser would: a tag, or a class, twice in one version is its mistake.
  if (scope) define.call(scope, name, Class);
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
  if (scope) {
    if (laterScopes.size === 0) scopeCreation({ ofCaller: laterScopeOfCaller, at: scopeAt });
    laterScopes.add(scope);
  }
  contested.set(base, (contested.get(base) ?? new Set()).add(name));
  // For `new`, which asks the page's registry.
  define.call(customElements, `${name}--${++aliases}`, named);
}

/** The class of a widget's element, defined under `tag` unless its own code has defined it; made with `new`. */
export function definedFor({ base }: Pick<Resolution, 'base'>, Class: CustomElementConstructor, tag: string): CustomElementConstructor {
  owners.set(Class, base);
  const builtIn = builtInOf(Class);
  if (builtIn !== undefined) {
    if (getName.call(customElements, Class) === null) define.call(customElements, tag, Class, { extends: builtIn });
    return Class;
  }
  if (getName.call(customElements, Class) === null) {
    define.call(customElements, tag, Class);
    // For its own code, which is told of its version's registry: Stencil's waits until `this.localName` is defined.
    const own = scopeOf(base);
    if (own && getName.call(own, Class) === null) define.call(own, tag, Class);
  }
  const scope = laterScope(base);
  if (!scope) return Class;
  if (getName.call(scope, Class) === null) define.call(scope, tag, Class);
  return madeIn(scope, getName.call(scope, Class) ?? tag);
}

/** A customized built-in is in no scope: the page's registry alone has any. */
async function builtInAwaited(base: string, tag: string): Promise<CustomElementConstructor> {
  const Class = await whenDefined.call(customElements, tag);
  return owners.get(Class) === base && builtInOf(Class) !== undefined ? Class : new Promise(() => undefined);
}

/** The class that the widget's code has defined, or will define, under this tag. */
export async function awaitedFor({ base }: Pick<Resolution, 'base'>, tag: string): Promise<CustomElementConstructor> {
  const Class = await Promise.race([whenDefined.call(scopeOf(base) ?? customElements, tag), builtInAwaited(base, tag)]);
  if (builtInOf(Class) !== undefined) return Class;
  const scope = laterScope(base);
  return scope ? madeIn(scope, tag) : Class;
}

/** With the scope in the element itself: what is written into it as HTML is then of the version, too. */
function madeIn(scope: CustomElementRegistry, tag: string): CustomElementConstructor {
  // A constructor that throws is reported to the window, where whoever makes a widget listens.
  function made(): HTMLElement {
    return createElement.call(document, tag, scoped(scope));
  }
  return made as unknown as CustomElementConstructor;
}

/** Tags that this version defines and does not have for itself, as the browser has one registry for all. */
export const sharedTags = ({ base }: Pick<Resolution, 'base'>): string[] => (scopeOf(base) ? [] : [...(contested.get(base) ?? [])]);
