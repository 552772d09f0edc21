import { i18n } from '../../language/i18n';
import { button, node } from '../nodes';

export interface NoteAction {
  label: string;
  run(): void;
}

/** What is said over a widget that runs: one line, what can be done, and a way to be rid of it. */
export interface Note {
  tone: 'info' | 'warn' | 'bad';
  text: string;
  /** For whoever is asked for help: shown on hover. */
  detail?: string;
  actions?: NoteAction[];
  /** Called when a person takes it away; it goes in any case. */
  onDismiss?(): void;
}

/** Each kind has one place, in this order; a newer note of a kind takes the place of the older. */
const KINDS = ['problem', 'who-else', 'wire', 'version', 'ready', 'page', 'shared', 'deprecated'] as const;
export type NoteKind = (typeof KINDS)[number];

/** The notes of one panel, in an element at its lower edge. */
export class Notes {
  readonly #shown = new Map<NoteKind, HTMLElement>();

  constructor(private readonly element: HTMLElement) {}

  show(kind: NoteKind, note: Note): void {
    const element = this.#draw(kind, note);
    const before = this.#shown.get(kind);
    this.#shown.set(kind, element);
    if (before) before.replaceWith(element);
    else {
      const after = KINDS.slice(KINDS.indexOf(kind) + 1).flatMap((later) => this.#shown.get(later) ?? []);
      this.element.insertBefore(element, after[0] ?? null);
    }
  }

  hide(...kinds: NoteKind[]): void {
    for (const kind of kinds) {
      this.#shown.get(kind)?.remove();
      this.#shown.delete(kind);
    }
  }

  clear(): void {
    this.hide(...KINDS);
  }

  #draw(kind: NoteKind, { tone, text, detail, actions = [], onDismiss }: Note): HTMLElement {
    const element = node('div', 'dm-note');
    element.dataset['tone'] = tone;
    element.dataset['kind'] = kind;
    if (tone === 'bad') element.setAttribute('role', 'alert');
    const line = node('span', 'dm-note-text', text);
    if (detail) line.title = detail;
    element.append(line);
    for (const { label, run } of actions) element.append(button('dm-link', label, run));
    element.append(
      button('dm-link', i18n.t('Dismiss'), () => {
        this.hide(kind);
        onDismiss?.();
      }),
    );
    return element;
  }
}
