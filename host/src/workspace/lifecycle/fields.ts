import { looked } from '../error-attribution';

/** Fields of a widget that text goes into, through open shadow roots; what a closed one holds nobody can see. */

const NO_TEXT = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;

const isField = (element: Element): boolean =>
  (element instanceof HTMLInputElement && !NO_TEXT.test(element.type)) ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement ||
  // What has the focus in a frame of its own cannot be seen from here.
  element instanceof HTMLIFrameElement ||
  (element instanceof HTMLElement && element.isContentEditable);

/** The element that has the focus, inside whatever shadow roots it is. */
export function deepActive(): Element | null {
  let active = document.activeElement;
  for (let inner = active; inner; active = inner ?? active) inner = looked(() => inner?.shadowRoot?.activeElement ?? null, null);
  return active;
}

export function fieldHasFocus(): boolean {
  const active = deepActive();
  return active !== null && looked(() => isField(active), false);
}

/** Whether `element` is a field inside `content`. */
export function fieldIn(content: Element, element: Element): boolean {
  if (!isField(element)) return false;
  for (let at: Node | null = element; at; at = at.parentNode ?? (at instanceof ShadowRoot ? at.host : null))
    if (at === content) return true;
  return false;
}

function* fieldsOf(node: Element | ShadowRoot): Generator<Element> {
  for (const child of node.children) {
    if (isField(child)) yield child;
    else {
      if (child.shadowRoot) yield* fieldsOf(child.shadowRoot);
      yield* fieldsOf(child);
    }
  }
}

const allFields = (content: Element): Element[] => [...(content.shadowRoot ? fieldsOf(content.shadowRoot) : []), ...fieldsOf(content)];

/** Where somebody was typing, in terms that hold for another version of the same widget. */
export interface Caret {
  at: number;
  names: string[];
  tag: string;
  selection: [number, number] | null;
}

/** Undefined where it is no field of this widget; by default of the one that has the focus. */
export const caretIn = (content: Element, field = deepActive()): Caret | undefined => looked(() => caretOf(content, field), undefined);

function caretOf(content: Element, field: Element | null): Caret | undefined {
  if (!field || !fieldIn(content, field)) return undefined;
  return { at: allFields(content).indexOf(field), names: namesOf(field), tag: field.tagName, selection: selectionOf(field) };
}

/** Puts focus and caret where they were. Answers false while there is no such field: a widget may draw it a moment later. */
export const restoreCaret = (content: Element, caret: Caret): boolean => looked(() => putCaret(content, caret), false);

function putCaret(content: Element, { at, names, tag, selection }: Caret): boolean {
  const fields = allFields(content);
  const same = fields.find((field) => field.tagName === tag && namesOf(field).some((name) => names.includes(name)));
  const field = same ?? (fields[at]?.tagName === tag ? fields[at] : undefined);
  if (!(field instanceof HTMLElement)) return false;
  field.focus();
  if (selection && (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && selectionOf(field))
    field.setSelectionRange(...selection);
  return true;
}

const namesOf = (field: Element): string[] =>
  ['id', 'name', 'aria-label', 'placeholder'].flatMap((name) => (field.getAttribute(name) ? [`${name}=${field.getAttribute(name)}`] : []));

/** Null for fields without one, such as numbers and dates. */
function selectionOf(field: Element): [number, number] | null {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return null;
  const { selectionStart, selectionEnd } = field;
  return selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
}
