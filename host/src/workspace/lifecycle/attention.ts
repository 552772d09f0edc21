import { deepActive, fieldIn } from './fields';

/** After the last key that went into the widget, somebody is still taken to be typing for this long; milliseconds. */
const PAUSE = 1_500;
/** Between leaving a field and the swap: who goes from one field to the next is not done. */
const CALM = 400;

// A pointer may be let go anywhere: the page listens once for the panels in which one is down, however many there are.
const pressed = new Set<() => void>();
let listening = false;

function listenForReleases(): void {
  if (listening) return;
  listening = true;
  for (const type of ['pointerup', 'pointercancel', 'dragend'])
    addEventListener(
      type,
      () => {
        for (const release of [...pressed]) release();
      },
      { capture: true },
    );
}

const HEARD = [
  'keydown',
  'beforeinput',
  'input',
  'paste',
  'drop',
  'pointerdown',
  'compositionstart',
  'compositionend',
  'focusout',
  'change',
] as const;

/** Whether somebody is in the middle of something in this panel, and when they are done. */
export class Attention {
  #lastKey = Number.NEGATIVE_INFINITY;
  #lastUse = Number.NEGATIVE_INFINITY;
  #composing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #release = (): void => {
    pressed.delete(this.#release);
    this.#use();
  };

  /** `content`: what counts, without the notes over it. `onCalm`: a moment in which it may be over; `typing` knows. */
  constructor(
    private readonly frame: HTMLElement,
    private readonly content: () => Element | undefined,
    private readonly onCalm: () => void,
  ) {
    // Itself, and not a function for each type: there are many panels, and most never hear of anything.
    for (const type of HEARD) frame.addEventListener(type, this, { capture: true });
    listenForReleases();
  }

  handleEvent(event: Event): void {
    if (!this.#isContent(event)) return;
    const { type } = event;
    if (type === 'pointerdown') pressed.add(this.#release);
    else if (type.startsWith('composition')) this.#composing = type === 'compositionstart';
    else if (type !== 'focusout' && type !== 'change') this.#lastKey = performance.now();
    this.#use();
  }

  /** A field of the widget has the focus, or keys or the pointer are at work in it. */
  get typing(): boolean {
    if (this.#composing || pressed.has(this.#release) || performance.now() - this.#lastKey < PAUSE) return true;
    const active = deepActive();
    const content = this.content();
    return active !== null && content !== undefined && fieldIn(content, active);
  }

  usedSince(time: number): boolean {
    return this.#lastUse >= time;
  }

  stop(): void {
    for (const type of HEARD) this.frame.removeEventListener(type, this, { capture: true });
    pressed.delete(this.#release);
    clearTimeout(this.#timer);
  }

  #isContent(event: Event): boolean {
    const content = this.content();
    return content !== undefined && event.composedPath().includes(content);
  }

  #use(): void {
    this.#lastUse = performance.now();
    this.#plan(CALM);
  }

  #plan(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const since = performance.now() - this.#lastKey;
      if (since < PAUSE) this.#plan(PAUSE - since);
      else this.onCalm();
    }, wait);
  }
}
