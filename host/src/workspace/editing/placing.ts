import type { Place } from '@datamesh/layout';
import { node } from '../notices';
import { placeOf, rectOf, type Spot, spotAfterKey, spotAt, type Target, wordsOf } from './dropZones';

export interface PlacingOptions {
  canvas: HTMLElement;
  title: string;
  targets(): Target[];
  announce(text: string): void;
  onPlace(place: Place): void;
  onEnd(): void;
}

/** Chooses where a panel goes: by a pointer that is already down, or by arrow keys, the mouse and Enter. Escape cancels. */
export class Placing {
  readonly #options: PlacingOptions;
  readonly #zone = node('div', 'dm-drop');
  readonly #text = node('span', 'dm-drop-text');
  readonly #ghost: HTMLElement | undefined;
  readonly #stop = new AbortController();
  readonly #before = document.activeElement;
  readonly #start: { x: number; y: number } | undefined;
  #spot: Spot | undefined;

  constructor(options: PlacingOptions, pointer?: PointerEvent) {
    this.#options = options;
    this.#zone.append(this.#text);
    this.#zone.hidden = true;
    options.canvas.append(this.#zone);
    document.body.classList.add('dm-placing');
    const { signal } = this.#stop;
    addEventListener('keydown', (event) => this.#key(event), { capture: true, signal });
    addEventListener('pointermove', (event) => this.#hover(event), { signal });
    addEventListener('pointercancel', () => this.end(), { signal });
    if (pointer) {
      this.#start = { x: pointer.clientX, y: pointer.clientY };
      this.#ghost = node('div', 'dm-ghost', options.title);
      this.#ghost.hidden = true;
      document.body.append(this.#ghost);
      addEventListener('pointerup', () => this.#drop(), { signal });
    } else {
      this.#zone.tabIndex = 0;
      this.#zone.setAttribute('role', 'button');
      addEventListener('pointerdown', (event) => this.#press(event), { capture: true, signal });
      this.#show({ target: this.#largest(), zone: this.#largest() < 0 ? 'center' : 'right' });
      this.#zone.focus();
    }
  }

  end(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    const hadFocus = this.#zone.contains(document.activeElement);
    this.#zone.remove();
    this.#ghost?.remove();
    document.body.classList.remove('dm-placing');
    if (hadFocus && this.#before instanceof HTMLElement) this.#before.focus();
    this.#options.onEnd();
  }

  #key(event: KeyboardEvent): void {
    const handled = this.#handleKey(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #handleKey(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') {
      this.end();
      this.#options.announce('Cancelled');
      return true;
    }
    if (this.#start) return false;
    const targets = this.#options.targets();
    const spot = this.#spot ?? { target: this.#largest(), zone: 'center' as const };
    if (event.key === 'Enter' || event.key === ' ') this.#drop();
    else if (event.key.startsWith('Arrow')) this.#show(spotAfterKey(event.key, spot, targets));
    else if (event.key === 'Tab' && targets.length > 0) {
      const step = event.shiftKey ? targets.length - 1 : 1;
      this.#show({ target: (spot.target + step) % targets.length, zone: 'center' });
    } else return false;
    return true;
  }

  #hover(event: PointerEvent): void {
    if (this.#ghost && this.#start) {
      // Fewer pixels than this are a click, not a drag.
      if (this.#ghost.hidden && Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) < 6) return;
      this.#ghost.hidden = false;
      this.#ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    }
    const spot = this.#spotOf(event);
    if (spot) this.#show(spot);
    else if (this.#start) this.#hide();
  }

  /** A click into the workspace places, a click elsewhere gives up. */
  #press(event: PointerEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const spot = this.#spotOf(event);
    if (!spot) {
      this.end();
      return;
    }
    this.#show(spot);
    this.#drop();
  }

  #drop(): void {
    const spot = this.#zone.hidden ? undefined : this.#spot;
    const place = spot && placeOf(spot, this.#options.targets());
    this.end();
    if (place) this.#options.onPlace(place);
  }

  #spotOf({ clientX, clientY }: PointerEvent): Spot | undefined {
    const origin = this.#options.canvas.getBoundingClientRect();
    const [x, y] = [clientX - origin.left, clientY - origin.top];
    const targets = this.#options.targets();
    if (targets.length > 0) return spotAt(targets, x, y);
    return x >= 0 && y >= 0 && x < origin.width && y < origin.height ? { target: -1, zone: 'center' } : undefined;
  }

  #largest(): number {
    const targets = this.#options.targets();
    const area = (target: Target): number => target.rect.width * target.rect.height;
    return targets.reduce((best, target, index) => (best < 0 || area(target) > area(targets[best] ?? target) ? index : best), -1);
  }

  #show(spot: Spot): void {
    const targets = this.#options.targets();
    const { canvas } = this.#options;
    const whole = targets[spot.target]?.rect ?? { x: 0, y: 0, width: canvas.clientWidth, height: canvas.clientHeight };
    const { x, y, width, height } = rectOf(spot, whole);
    const words = wordsOf(spot, targets);
    const again = this.#spot && this.#spot.target === spot.target && this.#spot.zone === spot.zone && !this.#zone.hidden;
    this.#spot = spot;
    this.#zone.hidden = false;
    Object.assign(this.#zone.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    if (again) return;
    this.#text.textContent = this.#start ? words : `${words} · press Enter`;
    this.#zone.setAttribute('aria-label', `${this.#options.title}: ${words}. Arrow keys choose, Enter places, Escape cancels.`);
    this.#options.announce(words);
  }

  #hide(): void {
    this.#zone.hidden = true;
    this.#spot = undefined;
  }
}
