import * as monaco from 'monaco-editor/esm/vs/editor/editor.api.js';
import 'monaco-editor/esm/vs/basic-languages/javascript/javascript.contribution.js';
import css from 'monaco-editor/min/vs/editor/editor.main.css';

// A script of this widget's own version, bundled beside this file: what the package starts is a module.
self.MonacoEnvironment = { getWorker: () => new Worker(/* webpackIgnore: true */ new URL('./monaco-worker.js', import.meta.url)) };

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${css} :host { display: block; height: 100%; min-height: 160px } .place { height: 100% }`);

/** An editor of Monaco: the property `text`; each change is the event `change`. */
class AcmeMonaco extends HTMLElement {
  #text = 'const hello = "world";';

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const place = Object.assign(document.createElement('div'), { className: 'place' });
    root.replaceChildren(place);
    this.editor = monaco.editor.create(place, {
      value: this.#text,
      language: 'javascript',
      automaticLayout: true,
      minimap: { enabled: false },
    });
    this.editor.onDidChangeModelContent(() => this.dispatchEvent(new Event('change')));
  }

  disconnectedCallback() {
    this.#text = this.text;
    this.editor.getModel().dispose();
    this.editor.dispose();
    this.editor = undefined;
  }

  get text() {
    return this.editor?.getValue() ?? this.#text;
  }

  set text(text) {
    this.#text = text ?? '';
    if (this.editor && this.text !== this.#text) this.editor.setValue(this.#text);
  }
}
customElements.define('acme-monaco', AcmeMonaco);
