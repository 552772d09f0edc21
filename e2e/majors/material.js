/** One source for two majors: what `@material/web` is, the build says. */
import { MdFilledButton } from '@material/web/button/filled-button.js';
import { version } from '@material/web/package.json';
import { MdRipple } from '@material/web/ripple/ripple.js';
import { MdSlider } from '@material/web/slider/slider.js';
import { MdFilledTextField } from '@material/web/textfield/filled-text-field.js';

const PARTS = `<p></p>
  <md-filled-text-field label="Note"></md-filled-text-field>
  <md-slider min="0" max="10" labeled aria-label="Count"></md-slider>
  <md-filled-button>More</md-filled-button>`;

export default class extends HTMLElement {
  state = { count: 0, typed: '' };
  name = 'nobody';

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.innerHTML = PARTS;
    [this.text, this.field, this.slider, this.button] = root.children;
    this.fdc3.addContextListener('fdc3.instrument', ({ name }) => this.draw({ name }));
    this.button.addEventListener('click', () => {
      this.draw({ state: { ...this.state, count: this.state.count + 1 } });
      this.fdc3.broadcast({ type: 'team.count', from: 'Material', count: this.state.count });
    });
    this.slider.addEventListener('input', () => this.draw({ state: { ...this.state, count: this.slider.value } }));
    this.field.addEventListener('input', () => this.draw({ state: { ...this.state, typed: this.field.value } }));
    this.draw({});
  }

  draw(changed) {
    Object.assign(this, changed);
    this.text.textContent = `Material ${version}: ${this.name}, ${this.state.count}`;
    this.field.value = this.state.typed;
    this.slider.value = this.state.count;
  }

  /** Whether what stands here is of this version throughout, also what its elements draw inside themselves. */
  get isWhole() {
    const ripples = [this.button, this.slider].map((part) => part.shadowRoot?.querySelector('md-ripple'));
    return (
      this.button instanceof MdFilledButton &&
      this.slider instanceof MdSlider &&
      this.field instanceof MdFilledTextField &&
      ripples.every((ripple) => ripple instanceof MdRipple)
    );
  }

  getState() {
    return this.state;
  }

  setState(state) {
    this.state = state;
  }
}
