/**
 * Makes the nodes of later versions with their registry, in whatever way they are made: patched when the first tag is defined
 * twice on a page, and not before. Which registry is told by who is calling, or by the place where something comes to stand.
 */

type Scope = CustomElementRegistry;

export interface Scopes {
  /** Of the later version whose code is calling; null for any other widget's, undefined where no widget's code is in the stack. */
  ofCaller(): Scope | null | undefined;
  /** Of the later version with whose registry this node was made. */
  at(node: Node): Scope | null;
}

/** Options of whatever makes a node, with the registry added; one that is named in them stays. */
export const scoped = <T extends object>(scope: Scope, options?: T): T => ({ customElementRegistry: scope, ...options }) as T;

/** Of the root that the dashboard's React is rendering into; taken by the next element that no widget's own code makes. */
let rendering: Scope | null = null;
let scopes: Scopes | undefined;

export function scopeCreation(by: Scopes): void {
  scopes = by;
  scopeCreated(by);
  scopeCopied(by);
  scopeFragments(by);
  scopePlaced(by);
}

function scopeCreated({ ofCaller }: Scopes): void {
  const { createElement, createElementNS } = Document.prototype;
  const options = (of: Document, given?: unknown): ElementCreationOptions | undefined => {
    const root = rendering;
    rendering = null;
    const caller = of === document ? ofCaller() : null;
    const scope = caller === undefined ? root : caller;
    return (scope ? scoped(scope, Object(given)) : given) as ElementCreationOptions | undefined;
  };
  Document.prototype.createElement = function (name: string, given?: ElementCreationOptions) {
    return createElement.call(this, name, options(this, given));
  };
  Document.prototype.createElementNS = function (this: Document, namespace: string | null, name: string, given?: ElementCreationOptions) {
    return createElementNS.call(this, namespace, name, options(this, given));
  } as typeof createElementNS;
}

function scopeCopied({ ofCaller }: Scopes): void {
  const { cloneNode } = Node.prototype;
  const { importNode } = Document.prototype;
  const imported = <T extends Node>(node: T, deep: boolean, scope: Scope): T =>
    importNode.call(document, node, scoped(scope, { selfOnly: !deep }) as unknown as boolean) as T;
  Document.prototype.importNode = function <T extends Node>(this: Document, node: T, options?: boolean | object): T {
    const scope = this === document && typeof options !== 'object' ? ofCaller() : null;
    return scope ? imported(node, options === true, scope) : (importNode.call(this, node, options as boolean) as T);
  } as typeof importNode;
  Node.prototype.cloneNode = function (deep = false) {
    // A template's content belongs to no window; what is cloned from it would be the page's.
    const scope = this.ownerDocument?.defaultView === null ? ofCaller() : null;
    return scope ? imported(this, deep, scope) : cloneNode.call(this, deep);
  };
}

/** A range that begins in a shadow root, not in an element, would be parsed as part of the page. */
function scopeFragments({ at }: Scopes): void {
  const { createContextualFragment } = Range.prototype;
  Range.prototype.createContextualFragment = function (text) {
    const scope = this.startContainer instanceof ShadowRoot ? at(this.startContainer) : null;
    if (!scope) return createContextualFragment.call(this, text);
    const inside = new Range();
    inside.selectNodeContents(document.createElement('div', scoped(scope)));
    return createContextualFragment.call(inside, text);
  };
}

type Placing = (this: Node, ...given: unknown[]) => unknown;

/** Nodes of a template or a parsed page have no registry yet: put in as they are, they would be given the page's. */
function scopePlaced({ at }: Scopes): void {
  const ways: [object, string[]][] = [
    [Node.prototype, ['appendChild', 'insertBefore', 'replaceChild']],
    [Element.prototype, ['append', 'prepend', 'replaceChildren', 'before', 'after', 'replaceWith', 'insertAdjacentElement']],
    [DocumentFragment.prototype, ['append', 'prepend', 'replaceChildren']],
    [CharacterData.prototype, ['before', 'after', 'replaceWith']],
  ];
  for (const [prototype, names] of ways) {
    const methods = prototype as Record<string, Placing>;
    for (const name of names) {
      const place = methods[name] as Placing;
      methods[name] = function (...given) {
        for (const node of given) {
          if (!(node instanceof Node) || node.ownerDocument === document) continue;
          const scope = at(this) ?? (this.parentNode && at(this.parentNode));
          if (scope) (scope as Scope & { initialize(node: Node): void }).initialize(node);
        }
        return place.apply(this, given);
      };
    }
  }
}

/**
 * The dashboard's React creates elements in the name of nobody. It asks the container for its document right before each one, and
 * so says which root it is rendering.
 */
export function rendersInto(container: unknown): void {
  if (!(container instanceof Node) || container instanceof Document || Object.hasOwn(container, 'ownerDocument')) return;
  Object.defineProperty(container, 'ownerDocument', {
    configurable: true,
    get() {
      rendering = scopes?.at(container) ?? null;
      return document;
    },
  });
}
