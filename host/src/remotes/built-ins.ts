/** Elements of HTML that have a class of their own, which another class can extend. Of those that share one (headings, `q`, `th`) the first counts. */
const TAGS =
  'a area audio base blockquote body br button canvas caption col data datalist details dialog div dl embed fieldset form h1 head hr html iframe img input ins label legend li link map menu meta meter object ol optgroup option output p picture pre progress script select slot source span style table tbody td template textarea time title tr track ul video'.split(
    ' ',
  );

/** `button` for a class that extends HTMLButtonElement: such a one is defined as that element only. undefined where it extends HTMLElement itself. */
export function builtInOf(Class: CustomElementConstructor): string | undefined {
  if (!(Class.prototype instanceof HTMLElement)) return undefined;
  for (let at: unknown = Class; typeof at === 'function' && at !== HTMLElement; at = Object.getPrototypeOf(at)) {
    const tag = tagsByClass().get(at);
    if (tag !== undefined) return tag;
  }
  return undefined;
}

let byClass: Map<unknown, string> | undefined;

function tagsByClass(): Map<unknown, string> {
  if (!byClass) {
    byClass = new Map(TAGS.toReversed().map((tag) => [document.createElement(tag).constructor, tag]));
    byClass.delete(HTMLElement);
  }
  return byClass;
}
