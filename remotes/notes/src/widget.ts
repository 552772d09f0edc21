import { Editor, type EditorState } from './editor';
import { headingOf } from './heading';
import { parseMarkdown, toggleTask } from './markdown';
import { render } from './render';
import css from './widget.css';
import { say } from './words';

/** As much of the panel as this widget uses; it is written without any SDK. */
interface Panel extends EventTarget {
  readonly mode: 'view' | 'edit';
}

interface Settings {
  readonly text: string;
  readonly heading: string;
  readonly follow: boolean;
}

interface State {
  scroll: number;
  editing: EditorState | null;
}

const DEFAULTS: Settings = Object.freeze({ text: '', heading: 'Notes', follow: true });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** Markdown, saved as its own setting. The heading follows what is selected, by attributes that a binding sets. */
export default class Notes extends HTMLElement {
  static readonly version = __WIDGET_VERSION__;
  static readonly observedAttributes = ['subject', 'subject-code'];

  panel: Panel | undefined;
  #settings: Settings = DEFAULTS;
  #drawn: string | undefined;
  readonly #heading = document.createElement('h2');
  readonly #edit = document.createElement('button');
  readonly #body = document.createElement('div');
  readonly #editor = new Editor(
    (text) => this.#save(text),
    () => this.#endEditing(true),
  );

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const header = document.createElement('header');
    this.#heading.id = 'heading';
    this.#edit.type = 'button';
    this.#edit.className = 'edit';
    this.#edit.addEventListener('click', () => (this.#editing ? this.#endEditing(true) : this.#beginEditing()));
    header.append(this.#heading, this.#edit);
    this.#body.className = 'body';
    this.#body.tabIndex = 0;
    this.#body.role = 'region';
    this.#body.setAttribute('aria-labelledby', 'heading');
    this.#body.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== this.#body) return;
      event.preventDefault();
      this.#beginEditing();
    });
    // One click while arranging; two while only reading, where a click may begin a selection.
    this.#body.addEventListener('click', (event) => this.panel?.mode === 'edit' && this.#beginFrom(event));
    this.#body.addEventListener('dblclick', (event) => this.#beginFrom(event));
    this.#editor.field.addEventListener('blur', () => this.#editor.flush());
    // A frame of our own: the element itself is the dashboard's to lay out.
    const view = document.createElement('div');
    view.className = 'view';
    view.append(header, this.#body);
    root.append(view);
  }

  connectedCallback(): void {
    this.panel?.addEventListener('languagechange', this.#speak);
    this.#speak();
  }

  disconnectedCallback(): void {
    this.panel?.removeEventListener('languagechange', this.#speak);
    this.#editor.flush();
  }

  readonly #speak = (): void => {
    this.#editor.speak();
    this.#drawHeading();
    this.#drawButton();
    this.#drawn = undefined;
    if (!this.#editing) this.#drawBody();
  };

  attributeChangedCallback(): void {
    this.#drawHeading();
  }

  get settings(): Settings {
    return this.#settings;
  }

  set settings(next: Partial<Settings>) {
    this.#settings = { ...DEFAULTS, ...next };
    this.#drawHeading();
    if (this.#editing) this.#editor.adopt(this.#settings.text);
    else this.#drawBody();
  }

  /** Only what has not been told to the dashboard yet. */
  get isDirty(): boolean {
    return this.#editing && this.#editor.dirty;
  }

  getState(): State {
    return { scroll: this.#body.scrollTop, editing: this.#editing ? this.#editor.state : null };
  }

  setState({ scroll, editing }: State): void {
    if (editing) {
      this.#beginEditing();
      this.#editor.restore(editing);
    } else {
      this.#drawBody();
      this.#body.scrollTop = scroll;
    }
  }

  get #editing(): boolean {
    return this.#editor.field.parentNode !== null;
  }

  #beginFrom(event: MouseEvent): void {
    const inside = event.target instanceof Element && event.target.closest('a, input, label, button, pre');
    const selecting = event.type === 'click' && getSelection()?.isCollapsed === false;
    if (!inside && !selecting) this.#beginEditing();
  }

  #beginEditing(): void {
    if (this.#editing) return;
    this.#editor.open(this.#settings.text);
    this.#body.replaceWith(this.#editor.field);
    this.#drawButton();
    this.#editor.field.focus();
  }

  #endEditing(focus: boolean): void {
    this.#editor.flush();
    this.#editor.field.replaceWith(this.#body);
    this.#drawButton();
    this.#drawBody();
    if (focus) this.#body.focus();
  }

  #save(text: string): void {
    // What is shown follows at once; the dashboard answers with the same settings, or with those that it accepted.
    this.#settings = { ...this.#settings, text };
    this.dispatchEvent(new CustomEvent('settings-change', { bubbles: true, composed: true, detail: { text } }));
  }

  #tick(index: number): void {
    const text = toggleTask(this.#settings.text, index);
    if (text !== null) this.#save(text);
    this.#drawn = undefined;
    this.#drawBody();
    this.#body.querySelector<HTMLElement>(`[data-task="${index}"]`)?.focus();
  }

  #drawHeading(): void {
    const { heading } = this.#settings;
    const { lead, subject, code } = headingOf(
      { ...this.#settings, heading: heading === DEFAULTS.heading ? say(heading) : heading },
      this.getAttribute('subject'),
      this.getAttribute('subject-code'),
    );
    const part = (className: string, text: string): HTMLElement[] => {
      if (text === '') return [];
      const element = document.createElement('span');
      element.className = className;
      element.textContent = text;
      return [element];
    };
    const parts = [...part('lead', lead), ...part('subject', subject), ...part('code', code)];
    // A space between the parts, for those who hear or copy it.
    this.#heading.replaceChildren(...parts.flatMap((element, index) => (index === 0 ? [element] : [' ', element])));
    this.#heading.toggleAttribute('data-following', subject !== '');
  }

  #drawButton(): void {
    this.#edit.textContent = say(this.#editing ? 'Done' : 'Edit');
    this.#edit.title = say(this.#editing ? 'Back to the note (Escape)' : 'Edit the note (Enter)');
    this.#edit.classList.toggle('done', this.#editing);
  }

  #drawBody(): void {
    const { text } = this.#settings;
    if (this.#drawn === text) return;
    this.#drawn = text;
    if (text.trim() === '') this.#body.replaceChildren(this.#emptyNote());
    else this.#body.replaceChildren(...this.#note(text));
  }

  #note(text: string): Node[] {
    try {
      return [render(parseMarkdown(text), (index) => this.#tick(index))];
    } catch (error) {
      // More than a page can draw in time, or than the parser can hold. The text itself is not lost.
      const reason = document.createElement('p');
      reason.className = 'reason';
      reason.textContent = say('Shown as plain text: {reason}', { reason: say(error instanceof Error ? error.message : String(error)) });
      const plain = document.createElement('pre');
      plain.textContent = text;
      return [reason, plain];
    }
  }

  #emptyNote(): HTMLElement {
    const empty = document.createElement('div');
    empty.className = 'empty';
    const what = document.createElement('p');
    what.textContent = say('Nothing written yet.');
    const how = document.createElement('button');
    how.type = 'button';
    how.textContent = say('Write a note');
    how.addEventListener('click', () => this.#beginEditing());
    const hint = document.createElement('small');
    hint.textContent = say('Markdown: headings, lists, - [ ] tasks, tables, links');
    empty.append(what, how, hint);
    return empty;
  }
}
