import { say } from './words';

/** What waits this long, ms, after the last key is kept, so that a crash costs a moment's typing at most. */
const PAUSE = 700;

export interface EditorState {
  text: string;
  start: number;
  end: number;
  scroll: number;
}

/** The text field of a note: tells of each change after a pause, and of the last one at the end. */
export class Editor {
  readonly field = document.createElement('textarea');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = '';

  constructor(
    private readonly keep: (text: string) => void,
    private readonly done: () => void,
  ) {
    const { field } = this;
    field.maxLength = 20_000;
    field.spellcheck = true;
    this.speak();
    field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.flush(), PAUSE);
    });
    field.addEventListener('keydown', (event) => {
      // Typing is no command of the dashboard's.
      event.stopPropagation();
      const ends = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
      if (!ends || event.isComposing) return;
      event.preventDefault();
      this.done();
    });
  }

  /** In the language of the page, at the moment. */
  speak(): void {
    this.field.ariaLabel = say('Note, in Markdown');
    this.field.placeholder = say('# Morning\n\n- [ ] call the desk\n- **watch** the open');
  }

  get dirty(): boolean {
    return this.field.value !== this.#kept;
  }

  open(text: string): void {
    this.#kept = text;
    this.field.value = text;
  }

  /** The setting changed from outside (undo, another tab). What is being typed is never overwritten. */
  adopt(text: string): void {
    if (this.dirty || text === this.#kept) return;
    const { selectionStart, selectionEnd } = this.field;
    this.open(text);
    this.field.setSelectionRange(selectionStart, selectionEnd);
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (!this.dirty) return;
    this.#kept = this.field.value;
    this.keep(this.#kept);
  }

  get state(): EditorState {
    const { value, selectionStart, selectionEnd, scrollTop } = this.field;
    return { text: value, start: selectionStart, end: selectionEnd, scroll: scrollTop };
  }

  restore({ text, start, end, scroll }: EditorState): void {
    this.field.value = text;
    this.field.setSelectionRange(start, end);
    this.field.scrollTop = scroll;
  }
}
