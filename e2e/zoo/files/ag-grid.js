import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';

ModuleRegistry.registerModules([AllCommunityModule]);

/** A grid of AG Grid: the property `rows`; a row that is clicked is the event `picked`. */
class AcmeAgGrid extends HTMLElement {
  #rows = [
    { symbol: 'IBM', price: 210 },
    { symbol: 'SAP', price: 195 },
  ];

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const place = document.createElement('div');
    place.style.height = '100%';
    this.style.cssText = 'display: block; height: 100%; min-height: 200px';
    root.replaceChildren(place);
    this.grid = createGrid(place, {
      columnDefs: [{ field: 'symbol', filter: true }, { field: 'price' }],
      rowData: this.#rows,
      themeStyleContainer: root,
      onRowClicked: ({ data }) => this.dispatchEvent(new CustomEvent('picked', { detail: data })),
    });
  }

  disconnectedCallback() {
    this.grid.destroy();
    this.grid = undefined;
  }

  set rows(rows) {
    this.#rows = rows ?? [];
    this.grid?.setGridOption('rowData', this.#rows);
  }
}
customElements.define('acme-ag-grid', AcmeAgGrid);
