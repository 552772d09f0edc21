/**
 * The browser's sanitizer takes out every `use` of a drawing, as it may bring parts of another document. One that points at a part of
 * its own document (`#icon`) brings nothing but what is there, and has been cleaned: it passes the sanitizer as a group, and is put back.
 */

const SVG = 'http://www.w3.org/2000/svg';
const MARK = 'data-local-use';
const LOCAL = /^#\S+$/;

/** The text with groups for what points into its own document. `parsed` answers with content that nothing runs in, or is fetched for. */
export function withoutLocalUse(text: string, parsed: (text: string) => HTMLTemplateElement): string {
  if (!/<use\b/i.test(text)) return text;
  const template = parsed(text);
  for (const use of template.content.querySelectorAll('use')) {
    const target = (use.getAttribute('href') ?? use.getAttribute('xlink:href') ?? '').trim();
    if (use.namespaceURI === SVG && LOCAL.test(target)) renamed(use, 'g').setAttribute(MARK, target);
  }
  return template.innerHTML;
}

/** In content that has been cleaned. */
export function putLocalUseBack(content: DocumentFragment): void {
  for (const group of content.querySelectorAll(`g[${MARK}]`)) {
    const target = group.getAttribute(MARK) ?? '';
    group.removeAttribute(MARK);
    if (group.namespaceURI === SVG && LOCAL.test(target)) renamed(group, 'use').setAttribute('href', target);
  }
}

/** With the attributes that say how it is drawn: where it points is said anew, and handlers go anyway. */
function renamed(element: Element, name: string): Element {
  const other = element.ownerDocument.createElementNS(SVG, name);
  for (const attribute of element.getAttributeNames())
    if (!/^on|href$/i.test(attribute) && /^[a-z][\w:.-]*$/i.test(attribute))
      other.setAttribute(attribute, element.getAttribute(attribute) ?? '');
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}
