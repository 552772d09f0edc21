import { node } from './nodes';

const PATHS = {
  plus: 'M7.350 3h1.300v4.350H13v1.300H8.650V13h-1.300V8.650H3v-1.300h4.350V3Z',
  settings:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Zm0 1.3a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM6.9 1h2.2l.4 1.8 1.2.5 1.6-1 1.5 1.6-1 1.6.5 1.2 1.8.4v2.1l-1.8.4-.5 1.2 1 1.6-1.5 1.5-1.6-1-1.2.5L9.100 15H6.900l-.4-1.800-1.200-.5-1.600 1-1.500-1.500 1-1.600-.5-1.200L.9 9.100V7l1.800-.4.5-1.200-1-1.600 1.500-1.500 1.600 1 1.200-.5L6.900 1Z',
  maximise: 'M9.500 2H14v4.500h-1.300V4.200L9.700 7.200l-.9-.9 3-3H9.500V2ZM6.300 8.800l.9.9-3 3h2.300V14H2V9.500h1.300v2.300l3-3Z',
  restore: 'M14 2.900 11 5.900h2.300v1.300H8.800V2.700h1.300V5l3-3 .9.900ZM2.700 8.800h4.500v4.500H5.900V11l-3 3-.9-.9 3-3H2.700V8.800Z',
  menu: 'M3 6.800a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400Zm5 0a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400Zm5 0a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400Z',
  close: 'M4.100 3.200 8 7.100l3.900-3.900.9.9L8.900 8l3.900 3.900-.9.9L8 8.900l-3.900 3.900-.9-.9L7.100 8 3.200 4.100l.9-.9Z',
  left: 'M9.600 3.200l.9.9L6.600 8l3.900 3.900-.9.9L4.800 8l4.800-4.800Z',
  right: 'M6.400 3.200 11.200 8l-4.800 4.800-.9-.9L9.400 8 5.500 4.100l.9-.9Z',
} as const;

export type IconName = keyof typeof PATHS;

const drawn = new Map<IconName, HTMLElement>();

/** A box of the text's colour, cut to shape: hundreds of them stand in an editor, where each drawing of its own would be two elements and a layout. */
export function icon(name: IconName): HTMLElement {
  const shape = drawn.get(name) ?? draw(name);
  drawn.set(name, shape);
  // A copy costs a fraction.
  return shape.cloneNode() as HTMLElement;
}

function draw(name: IconName): HTMLElement {
  const shape = document.createElement('span');
  shape.className = 'dm-icon';
  shape.setAttribute('aria-hidden', 'true');
  shape.style.clipPath = `path(evenodd, "${PATHS[name]}")`;
  return shape;
}

/** Where a panel's title goes, in a name that is made before its panel is known. */
export const PANEL = '\ue000';

/** `names`: the accessible name with `PANEL` in it, where that is more than the label and the panel's title. */
export function iconButton(name: IconName, label: string, run: () => void, names = `${label} ${PANEL}`): HTMLButtonElement {
  const like = JSON.stringify([name, label, names]);
  const element = (made.get(like) ?? make(like, name, label, names)).cloneNode(true) as HTMLButtonElement;
  element.addEventListener('click', run);
  return element;
}

/** By all that is said of them: the same five stand in the head of every stack. */
const made = new Map<string, HTMLButtonElement>();

function make(like: string, name: IconName, label: string, names: string): HTMLButtonElement {
  const element = node('button', 'dm-action');
  element.type = 'button';
  rename(element, label, names);
  element.append(icon(name));
  made.set(like, element);
  return element;
}

/** Another state of the same button. */
export function turn(element: HTMLElement, name: IconName, label: string): void {
  if (element.title === label) return;
  rename(element, label, `${label} ${PANEL}`);
  element.replaceChildren(icon(name));
}

/**
 * Says which panel the buttons of its head are about: in a list of all buttons, as a screen reader has it, "Maximise" alone would stand
 * ten times. The tooltip stays short, as it is seen in the head.
 */
export function nameAfterPanel(buttons: Iterable<HTMLElement>, panel: string): void {
  for (const element of buttons) {
    const name = element.dataset['names']?.replace(PANEL, () => panel) ?? panel;
    if (element.getAttribute('aria-label') !== name) element.setAttribute('aria-label', name);
  }
}

function rename(element: HTMLElement, label: string, names: string): void {
  element.setAttribute('aria-label', label);
  element.dataset['names'] = names;
  element.title = label;
}
