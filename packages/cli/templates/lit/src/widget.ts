import { html, LitElement, unsafeCSS } from 'lit';
import css from './widget.css';

/** The setting arrives as the attribute `greeting`; `subject` comes from the binding in widget.json. */
export default class Widget extends LitElement {
  static override styles = unsafeCSS(css);
  static override properties = { greeting: { type: String }, subject: { type: String } };
  declare greeting: string;
  declare subject: string | undefined;

  override render() {
    return html`<p>${this.greeting}, ${this.subject ?? 'nobody yet'}</p>`;
  }
}
