import type { Place } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import type { Rect } from '../arranger';
import { node } from '../nodes';
import { insertionAt, type Pointing, placeOf, rectOf, type Spot, spotAfterKey, spotAt, type Target, wordsOf } from './drop-zones';
import { follow } from './gesture';

export interface PlacingOptions {
  canvas: HTMLElement;
  title: string;
  /** What is being moved; undefined for something new. */
  panel?: string | undefined;
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
  readonly #line = node('div', 'dm-insert');
  readonly #ghost: HTMLElement | undefined;
  readonly #stop = new AbortController();
  readonly #before = document.activeElement;
  #spot: Spot | undefined;

  constructor(options: PlacingOptions, pointer?: PointerEvent) {
    this.#options = options;
    this.#zone.append(this.#text);
    this.#zone.hidden = true;
    this.#line.hidden = true;
    options.canvas.append(this.#zone, this.#line);
    document.body.classList.add('dm-placing');
    if (pointer) {
      this.#ghost = node('div', 'dm-ghost', options.title);
      document.body.append(this.#ghost);
      const unfollow = follow(pointer, {
        move: (event) => this.#hover(event),
        drop: (event) => {
          this.#hover(event);
          this.#drop();
        },
        cancel: () => this.cancel(),
      });
      this.#stop.signal.addEventListener('abort', unfollow, { once: true });
      this.#hover(pointer);
    } else {
      const on = { capture: true, signal: this.#stop.signal };
      addEventListener('keydown', (event) => this.#key(event), on);
      addEventListener('pointermove', (event) => this.#hover(event), on);
      addEventListener('pointerdown', (event) => this.#press(event), on);
      addEventListener('resize', () => this.#spot && this.#show(this.#spot, true), on);
      this.#zone.tabIndex = 0;
      this.#zone.setAttribute('role', 'button');
      this.#show({ target: this.#largest(), zone: this.#largest() < 0 ? 'center' : 'right' });
      this.#zone.focus();
    }
  }

  /** Nothing is placed. */
  cancel(): void {
    if (this.#stop.signal.aborted) return;
    this.#end();
    this.#options.announce(i18n.t('Cancelled'));
  }

  #end(): void {
    this.#stop.abort();
    const hadFocus = this.#zone.contains(document.activeElement);
    this.#zone.remove();
    this.#line.remove();
    this.#ghost?.remove();
    document.body.classList.remove('dm-placing');
    if (hadFocus && this.#before instanceof HTMLElement) this.#before.focus();
    this.#options.onEnd();
  }

  #key(event: KeyboardEvent): void {
    if (!this.#handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #handleKey(event: KeyboardEvent): boolean {
    const targets = this.#options.targets();
    const spot = this.#spot ?? { target: this.#largest(), zone: 'center' as const };
    if (event.key === 'Escape') this.cancel();
    else if (event.key === 'Enter' || event.key === ' ') this.#drop();
    else if (event.key.startsWith('Arrow')) this.#show(spotAfterKey(event.key, spot, targets));
    else if (event.key === 'Tab' && targets.length > 0) {
      const step = event.shiftKey ? targets.length - 1 : 1;
      this.#show({ target: (Math.max(0, spot.target) + step) % targets.length, zone: 'center' });
    } else return false;
    return true;
  }

  #hover(event: PointerEvent): void {
    if (this.#ghost) this.#ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const spot = this.#spotOf(event);
    if (spot) this.#show(spot);
    else if (this.#ghost) this.#hide();
  }

  /** A click into the workspace places, a click elsewhere gives up. */
  #press(event: PointerEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const spot = event.button === 0 ? this.#spotOf(event) : undefined;
    if (!spot) {
      this.cancel();
      return;
    }
    this.#show(spot);
    this.#drop();
  }

  #drop(): void {
    const spot = this.#zone.hidden ? undefined : this.#spot;
    if (!spot) {
      this.cancel();
      return;
    }
    const place = placeOf(spot, this.#options.targets());
    this.#end();
    this.#options.onPlace(place);
  }

  #pointing(): Pointing {
    const { width, height } = this.#options.canvas.getBoundingClientRect();
    return { targets: this.#options.targets(), size: { width, height }, panel: this.#options.panel };
  }

  #spotOf({ clientX, clientY }: PointerEvent): Spot | undefined {
    const origin = this.#options.canvas.getBoundingClientRect();
    return spotAt(this.#pointing(), clientX - origin.left, clientY - origin.top);
  }

  #largest(): number {
    const targets = this.#options.targets();
    const area = (target: Target): number => target.rect.width * target.rect.height;
    return targets.reduce((best, target, index) => (best < 0 || area(target) > area(targets[best] ?? target) ? index : best), -1);
  }

  #show(spot: Spot, again = false): void {
    const pointing = this.#pointing();
    const { targets, size } = pointing;
    place(this.#zone, rectOf(spot, targets[spot.target]?.rect ?? { x: 0, y: 0, ...size }));
    const line = insertionAt(spot, pointing);
    this.#line.hidden = !line;
    if (line) place(this.#line, line);
    const words = wordsOf(spot, targets);
    const same = !this.#zone.hidden && this.#text.dataset['words'] === words;
    this.#spot = spot;
    this.#zone.hidden = false;
    if (same || again) return;
    this.#text.dataset['words'] = words;
    this.#text.textContent = this.#ghost ? words : i18n.t('{words} · press Enter', { words });
    this.#zone.setAttribute(
      'aria-label',
      i18n.t('{title}: {words}. Arrow keys choose, Enter places, Escape cancels.', { title: this.#options.title, words }),
    );
    this.#options.announce(words);
  }

  #hide(): void {
    this.#zone.hidden = true;
    this.#line.hidden = true;
    this.#spot = undefined;
  }
}

function place({ style }: HTMLElement, { x, y, width, height }: Rect): void {
  Object.assign(style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
}
