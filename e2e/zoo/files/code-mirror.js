import { javascript } from '@codemirror/lang-javascript';
import { basicSetup, EditorView } from 'codemirror';

/** An editor of CodeMirror: the property `text`; each change is the event `change`. */
class AcmeCodeMirror extends HTMLElement {
  #text = 'const hello = "world";';

  connectedCallback() {
    this.root ??= this.attachShadow({ mode: 'open' });
    this.view = new EditorView({
      doc: this.#text,
      parent: this.root,
      root: this.root,
      extensions: [
        basicSetup,
        javascript(),
        EditorView.updateListener.of(({ docChanged }) => docChanged && this.dispatchEvent(new Event('change'))),
      ],
    });
  }

  disconnectedCallback() {
    this.#text = this.text;
    this.view.destroy();
    this.view = undefined;
  }

  get text() {
    return this.view ? this.view.state.doc.toString() : this.#text;
  }

  set text(text) {
    this.#text = text ?? '';
    this.view?.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: this.#text } });
  }
}
customElements.define('acme-code-mirror', AcmeCodeMirror);
