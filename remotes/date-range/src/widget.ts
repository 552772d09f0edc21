import { type DesktopAgent, type Disposer, formatInstant, onLanguageChange, type PanelHandle } from '@datamesh/widget-sdk';
import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { createRef, type Ref, ref } from 'lit/directives/ref.js';
import { isoOf } from './days';
import { DashboardFilter } from './filter';
import { place } from './place';
import type { Range, RangeSettings } from './range';
import * as ranges from './range';
import css from './widget.css';
import { say } from './words';

const said = (day: number): string => formatInstant(isoOf(day), { dateStyle: 'long', timeZone: 'UTC' });

/** The dashboard-level filter of time. It is the dashboard's, not this element's: opened again, it shows what is in force. */
export default class DateRange extends LitElement {
  static readonly version = __WIDGET_VERSION__;
  static override styles = unsafeCSS(css);
  static override properties = {
    settings: { attribute: false },
    chosen: { state: true },
    mistake: { state: true },
  };
  declare settings: Partial<RangeSettings>;
  /** Undefined until somebody chose: then everything is in range. */
  declare chosen: Range | undefined;
  declare mistake: string;

  fdc3: DesktopAgent | undefined;
  panel: PanelHandle | undefined;
  #filter: DashboardFilter | undefined;
  #deaf: Disposer | undefined;
  /** The last thing heard: kept to be read again when the bounds change. */
  #heard: Readonly<Record<string, unknown>> | undefined;
  #dragging: { pointer: number; x: number; range: Range } | undefined;
  readonly #track = createRef<HTMLElement>();
  readonly #from = createRef<HTMLInputElement>();
  readonly #to = createRef<HTMLInputElement>();

  constructor() {
    super();
    this.settings = {};
    this.chosen = undefined;
    this.mistake = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#deaf = onLanguageChange(this.panel, () => this.requestUpdate());
    this.#filter = new DashboardFilter(this.fdc3, {
      adopt: (context) => this.#adopt(context),
      refused: (reason) => this.panel?.notify('warn', say('The dashboard did not take the dates: {reason}', { reason })),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#deaf?.();
    this.#filter?.dispose();
    this.#filter = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('settings') && this.#heard) this.#adopt(this.#heard);
  }

  /** Only for a place without a dashboard's filter, which would otherwise bring the range back itself. */
  getState(): { chosen: Range | null } {
    return { chosen: this.chosen ?? null };
  }

  setState({ chosen }: { chosen: Range | null }): void {
    if (!this.#heard && chosen) this.chosen = chosen;
  }

  get #settings(): RangeSettings {
    return { ...ranges.DEFAULTS, ...this.settings };
  }

  #adopt(context: Readonly<Record<string, unknown>>): void {
    this.#heard = context;
    const bounds = ranges.boundsOf(this.#settings);
    if (typeof bounds === 'string' || this.#dragging) return;
    this.chosen = ranges.rangeOf(context, bounds);
    this.mistake = '';
  }

  #choose(range: Range, bounds: Range, now: boolean): void {
    this.mistake = '';
    this.chosen = range;
    const context = ranges.contextOf(range, bounds);
    this.#heard = context;
    this.#filter?.set(context);
    if (now) this.#filter?.flush();
  }

  override render() {
    const bounds = ranges.boundsOf(this.#settings);
    if (typeof bounds === 'string') return html`<p class="note" role="alert">${bounds}</p>`;
    const range = ranges.clampRange(this.chosen ?? bounds, bounds);
    return html`<div class="view">${this.#dates(range, bounds)}${this.#presets(range, bounds)}${this.#slider(range, bounds)}</div>`;
  }

  #dates(range: Range, bounds: Range) {
    const typed = (): void => {
      const [from, to] = [this.#from.value?.value ?? '', this.#to.value?.value ?? ''];
      const result = ranges.typedRange(from, to, bounds);
      if (typeof result === 'string') this.mistake = result;
      else this.#choose(result, bounds, true);
    };
    // Left with a mistake in it, a field goes back to what is in force.
    const left = (event: FocusEvent): void => {
      if (this.mistake === '' || (event.currentTarget as Element).contains(event.relatedTarget as Node | null)) return;
      this.mistake = '';
      for (const [field, day] of [
        [this.#from.value, range.from],
        [this.#to.value, range.to],
      ] as const)
        if (field) field.value = isoOf(day);
    };
    const field = (edge: 'from' | 'to', label: string, target: Ref<HTMLInputElement>) =>
      html`<input type="date" aria-label=${label} min=${isoOf(bounds.from)} max=${isoOf(bounds.to)} .value=${isoOf(range[edge])}
        aria-invalid=${this.mistake ? 'true' : nothing} aria-describedby=${this.mistake ? 'mistake' : nothing} @change=${typed} ${ref(target)} />`;
    return html`<div class="dates" @focusout=${left}>
      ${field('from', say('First day'), this.#from)}<span aria-hidden="true">–</span>${field('to', say('Last day'), this.#to)}
      <span id="mistake" class="mistake" role="alert">${this.mistake}</span>
    </div>`;
  }

  #presets(range: Range, bounds: Range) {
    const usable = this.#settings.presets.flatMap((preset) => {
      const span = ranges.presetRange(preset, bounds);
      return span ? [{ preset, span, ...ranges.presetLabel(preset) }] : [];
    });
    if (usable.length === 0) return nothing;
    return html`<div class="presets" role="group" aria-label=${say('Shortcuts')}>${usable.map(
      ({ span, short, long }) =>
        html`<button type="button" title=${long} aria-label=${`${short}, ${long}`} aria-pressed=${ranges.sameRange(span, range)} @click=${() => this.#choose(span, bounds, true)}>${short}</button>`,
    )}</div>`;
  }

  #slider(range: Range, bounds: Range) {
    const { step } = this.#settings;
    const at = ranges.placeOf(range, bounds, step);
    const last = ranges.stepsOf(bounds, step) + 1;
    // A handle stands between two steps: the first one before the first that is chosen, the second one after the last.
    const valueAt = (of: Range, edge: 'from' | 'to'): number => ranges.indexOf(of[edge], bounds, step) + (edge === 'to' ? 1 : 0);
    const handle = (edge: 'from' | 'to', label: string) => {
      const moved = (event: Event, now: boolean): void => {
        const input = event.currentTarget as HTMLInputElement;
        const next = ranges.moveHandle(range, edge, input.valueAsNumber - (edge === 'to' ? 1 : 0), bounds, step);
        this.#choose(next, bounds, now);
        // The field may have gone past the other handle; the range did not.
        input.valueAsNumber = valueAt(next, edge);
      };
      return html`<input type="range" class=${edge} min="0" max=${last} step="1" aria-label=${label} aria-valuetext=${said(range[edge])}
        .value=${String(valueAt(range, edge))}
        @input=${(event: Event) => moved(event, false)} @change=${(event: Event) => moved(event, true)} />`;
    };
    return html`<div class="slider" role="group" aria-label=${say('Dates shown')} ?data-late=${at.start > 50}>
      <div class="track" ${ref(this.#track)}>
        <div class="span" title=${say('Drag to move both dates')} ${place({ '--start': `${at.start}%`, '--end': `${at.end}%` })}
          @pointerdown=${(event: PointerEvent) => this.#grab(event, range)} @pointermove=${(event: PointerEvent) => this.#drag(event, bounds)}
          @pointerup=${(event: PointerEvent) => this.#drop(event)} @pointercancel=${(event: PointerEvent) => this.#drop(event)}></div>
        ${handle('from', say('First day'))}${handle('to', say('Last day'))}
      </div>
      <div class="ticks" aria-hidden="true">${ranges
        .ticksOf(bounds, step, 11)
        .map(({ label, at }) => html`<span ${place({ '--at': `${at}%` })}>${label}</span>`)}</div>
    </div>`;
  }

  #grab(event: PointerEvent, range: Range): void {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#dragging = { pointer: event.pointerId, x: event.clientX, range };
  }

  #drag(event: PointerEvent, bounds: Range): void {
    const track = this.#track.value;
    if (!track || this.#dragging?.pointer !== event.pointerId) return;
    const { step } = this.#settings;
    const steps = ((event.clientX - this.#dragging.x) / track.clientWidth) * ranges.stepsOf(bounds, step);
    this.#choose(ranges.shiftRange(this.#dragging.range, Math.round(steps), bounds, step), bounds, false);
  }

  #drop(event: PointerEvent): void {
    if (this.#dragging?.pointer !== event.pointerId) return;
    this.#dragging = undefined;
    this.#filter?.flush();
  }
}
