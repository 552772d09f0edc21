import { Icon, Map as LeafletMap, marker } from 'leaflet';
import css from 'leaflet/dist/leaflet.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${css} :host { display: block; height: 100%; min-height: 160px } .place { height: 100% }`);
const pin = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8" fill="crimson"/></svg>')}`;

/** A map of Leaflet: `lat` and `lng` as attributes, `place` in the pin's tooltip. */
class AcmeLeaflet extends HTMLElement {
  static observedAttributes = ['lat', 'lng', 'place'];

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(Object.assign(document.createElement('div'), { className: 'place' }));
    this.map = new LeafletMap(root.firstChild, { attributionControl: false, zoomAnimation: false });
    this.pin = marker([0, 0], { icon: new Icon({ iconUrl: pin, iconSize: [20, 20] }) }).addTo(this.map);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.map.remove();
    this.map = undefined;
  }

  attributeChangedCallback() {
    if (!this.map) return;
    const at = [Number(this.getAttribute('lat')), Number(this.getAttribute('lng'))];
    this.map.setView(at, 8);
    this.pin
      .setLatLng(at)
      .unbindTooltip()
      .bindTooltip(this.getAttribute('place') ?? '', { permanent: true });
  }
}
customElements.define('acme-leaflet', AcmeLeaflet);
