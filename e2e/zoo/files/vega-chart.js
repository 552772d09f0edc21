import embed from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';

/** A chart of Vega-Lite: the property `rows`. Vega makes code of its expressions, unless its own interpreter reads them: `ast: true`. */
class AcmeVega extends HTMLElement {
  #rows = [
    { name: 'a', value: 3 },
    { name: 'b', value: 5 },
  ];

  connectedCallback() {
    this.root ??= this.attachShadow({ mode: 'open' });
    this.#draw();
  }

  disconnectedCallback() {
    this.view?.finalize();
    this.view = undefined;
  }

  set rows(rows) {
    this.#rows = Array.isArray(rows) ? rows : [];
    if (this.root) this.#draw();
  }

  #draw() {
    this.view?.finalize();
    const place = document.createElement('div');
    this.root.replaceChildren(place);
    embed(
      place,
      {
        $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
        data: { values: this.#rows },
        mark: 'bar',
        width: 220,
        height: 160,
        encoding: { x: { field: 'name', type: 'nominal' }, y: { field: 'value', type: 'quantitative' }, tooltip: { field: 'name' } },
      },
      { renderer: 'svg', actions: false, ast: true, expr: expressionInterpreter },
    ).then((made) => {
      this.view = made;
    }, reportError);
  }
}
customElements.define('acme-vega', AcmeVega);
