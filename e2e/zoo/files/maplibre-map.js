import { Map as MapLibreMap, Marker, setWorkerUrl } from 'maplibre-gl';
import css from 'maplibre-gl/dist/maplibre-gl.css';

// A script of this widget's own version, bundled beside this file: what the package starts is a module.
setWorkerUrl(new URL('./maplibre-worker.js', import.meta.url).href);

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${css} :host { display: block; height: 100%; min-height: 160px } div.map { height: 100% }`);

/** A map of MapLibre with what is drawn from GeoJSON, which its worker cuts into tiles. */
class AcmeMapLibre extends HTMLElement {
  static observedAttributes = ['lat', 'lng'];

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const container = Object.assign(document.createElement('div'), { className: 'map' });
    root.replaceChildren(container);
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [-5, -5],
          [5, -5],
          [5, 5],
          [-5, 5],
          [-5, -5],
        ],
      ],
    };
    this.map = new MapLibreMap({
      container,
      attributionControl: false,
      zoom: 3,
      style: {
        version: 8,
        sources: { square: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: square } } },
        layers: [
          { id: 'ground', type: 'background', paint: { 'background-color': '#dfe8d8' } },
          { id: 'square', type: 'fill', source: 'square', paint: { 'fill-color': '#2b6cb0' } },
        ],
      },
    });
    this.marker = new Marker().setLngLat([0, 0]).addTo(this.map);
    this.map.on('idle', () => {
      this.drawn = this.map.querySourceFeatures('square').length;
    });
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.map.remove();
    this.map = undefined;
  }

  attributeChangedCallback() {
    if (!this.map || !this.hasAttribute('lat')) return;
    const at = [Number(this.getAttribute('lng')), Number(this.getAttribute('lat'))];
    this.marker.setLngLat(at);
    this.map.jumpTo({ center: at });
  }
}
customElements.define('acme-maplibre', AcmeMapLibre);
