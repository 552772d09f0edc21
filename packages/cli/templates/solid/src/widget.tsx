import { createStore } from 'solid-js/store';
import { render } from 'solid-js/web';
import { type Given, Greeting } from './Greeting';
import css from './widget.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** The setting arrives as the attribute `greeting`; `subject` comes from the binding in widget.json. */
export default class Widget extends HTMLElement {
  static observedAttributes = ['greeting', 'subject'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #store = createStore<Given>({});
  #end: (() => void) | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback(): void {
    const [given] = this.#store;
    this.#end = render(() => <Greeting {...given} />, this.#root);
  }

  disconnectedCallback(): void {
    this.#end?.();
  }

  attributeChangedCallback(name: keyof Given, _before: string | null, now: string | null): void {
    const [, set] = this.#store;
    set(name, now ?? undefined);
  }
}
