import { editor } from 'monaco-editor/esm/vs/editor/editor.api.js';
import 'monaco-editor/esm/vs/basic-languages/javascript/javascript.contribution.js';
import css from 'monaco-editor/min/vs/editor/editor.main.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${css} :host { display: block; height: 100%; min-height: 160px } div.place { height: 100% }`);

/** An editor of Monaco: the property `text`. */
class AcmeMonaco extends HTMLElement {
  #text = 'const hello = "world";';

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const place = Object.assign(document.createElement('div'), { className: 'place' });
    root.replaceChildren(place);
    this.editor = editor.create(place, { value: this.#text, language: 'javascript', minimap: { enabled: false }, automaticLayout: true });
  }

  disconnectedCallback() {
    this.#text = this.text;
    this.editor.dispose();
    this.editor = undefined;
  }

  get text() {
    return this.editor?.getValue() ?? this.#text;
  }

  set text(text) {
    this.#text = text ?? '';
    this.editor?.setValue(this.#text);
  }
}
customElements.define('acme-monaco', AcmeMonaco);
