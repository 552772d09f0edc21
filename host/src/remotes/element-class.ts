import { WidgetFailure } from './failure';
import { idOf, type Resolution } from './resolution';
import { awaitedFor, definedFor } from './scoped-elements';
import { tagFor } from './tags';

/** Made with `new`, not by its tag: only then does a throwing constructor throw to us. */
export type WidgetClass = new () => HTMLElement;

/** How long code that has run may take to define the tag that widget.json names; milliseconds. */
const DEFINES_WITHIN = 10_000;

/**
 * The class of a widget's element: what its module exports by default, or what its code defines under the tag that `element` of
 * widget.json names. A class that its library has defined runs under the library's tag, any other under one of ours.
 * `attempt`: another container of the same version has a class of its own, and a tag is taken for ever.
 */
export async function elementClassOf(widget: Resolution, module: unknown, attempt: number): Promise<WidgetClass> {
  const { element } = widget.widget;
  if (element !== undefined) return definedAs(element, widget);
  const exported = classIn(module);
  if (!exported) throw lacking(widget, `its module ${describeExports(module)}, and widget.json names no "element"`);
  return definedFor(widget, exported, attempt > 0 ? `${tagFor(widget)}-${attempt}` : tagFor(widget)) as WidgetClass;
}

/** What was written as `module.exports` and is imported by an ES module has its default export one level further down. */
function classIn(module: unknown): WidgetClass | undefined {
  const outer = (module as { default?: unknown } | null | undefined)?.default;
  return [outer, (outer as { default?: unknown } | null | undefined)?.default].find(isElementClass);
}

const isElementClass = (value: unknown): value is WidgetClass => typeof value === 'function' && value.prototype instanceof HTMLElement;

async function definedAs(tag: string, widget: Resolution): Promise<WidgetClass> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(lacking(widget, `its code defines no <${tag}>, which "element" of widget.json names`)), DEFINES_WITHIN);
  });
  try {
    return (await Promise.race([awaitedFor(widget, tag), waited])) as WidgetClass;
  } finally {
    clearTimeout(late);
  }
}

const lacking = (widget: Resolution, what: string): WidgetFailure =>
  new WidgetFailure(idOf(widget), 'element', 'no_element', undefined, new Error(what));

function describeExports(module: unknown): string {
  if (!module || typeof module !== 'object' || Object.keys(module).length === 0) return 'exports nothing';
  const names = Object.keys(module).filter((name) => name !== 'default');
  const others = names.length > 0 ? names.join(', ') : 'nothing else';
  return 'default' in module
    ? `exports ${kindOf(module.default)} by default, which is no element class, and ${others}`
    : `exports no element class by default, but ${others}`;
}

function kindOf(value: unknown): string {
  if (value instanceof Element) return 'an element';
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'string') return `the text "${value.slice(0, 50)}"`;
  if (typeof value === 'function') return value.prototype instanceof Element ? 'a class of another kind of element' : 'a function';
  return value === null || typeof value !== 'object' ? String(value) : 'an object';
}
