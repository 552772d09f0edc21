import css from './widget.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** The setting arrives as the attribute `greeting`; `subject` comes from the binding in widget.json. */
export default class Widget extends HTMLElement {
  static observedAttributes = ['greeting', 'subject'];
  readonly #text = document.createElement('p');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#text);
  }

  connectedCallback(): void {
    this.#draw();
  }

  attributeChangedCallback(): void {
    this.#draw();
  }

  #draw(): void {
    this.#text.textContent = `${this.getAttribute('greeting')}, ${this.getAttribute('subject') ?? 'nobody yet'}`;
  }
}
