import type { WidgetClass } from '../../remotes/element-class';
import type { Resolution } from '../../remotes/resolution';
import { guarded } from '../error-attribution';
import { RunningWidget, type WidgetParts } from '../running-widget';

/**
 * A new element beside the one that runs: connected in the panel's frame, out of sight, and neither heard nor told anything.
 * Frameworks draw a task after they are connected, so that it is watched for a moment before it takes the place.
 */
export class Trial {
  readonly widget: RunningWidget;
  readonly begun = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #outOfSight = false;

  /** The states are tried in turn, what is no state last. Throws what the widget threw, with nothing left behind. */
  constructor(
    readonly turn: number,
    resolution: Resolution,
    Widget: WidgetClass,
    parts: WidgetParts,
    states: readonly unknown[],
  ) {
    this.widget = firstThatTakes(states, (state) => {
      const widget = new RunningWidget(resolution, Widget, parts);
      try {
        if (state !== undefined) widget.setState(state);
        return widget;
      } catch (cause) {
        widget.silence();
        throw cause;
      }
    });
  }

  /** Connects it, before `place`. Throws what its connectedCallback threw, or that it did not stay. */
  connect(frame: HTMLElement, place: Node, outOfSight: boolean): void {
    const { element } = this.widget;
    this.#outOfSight = outOfSight;
    if (outOfSight) {
      // Inert: it cannot take the focus from what is being used.
      element.inert = true;
      element.dataset['trial'] = '';
    }
    const [error] = guarded(() => frame.insertBefore(element, place));
    if (error === undefined && frame.contains(element)) return;
    this.end();
    throw error ?? leftByItself();
  }

  /** Runs once, unless the trial ends before. */
  after(milliseconds: number, run: () => void): void {
    this.#timer = setTimeout(run, milliseconds);
  }

  /** It stands: the widget is somebody else's from here on. */
  win(): RunningWidget {
    clearTimeout(this.#timer);
    const { element } = this.widget;
    if (this.#outOfSight) {
      element.inert = false;
      delete element.dataset['trial'];
    }
    return this.widget;
  }

  /** Leaves nothing of it behind; what it throws while it leaves is nobody's business. */
  end(): void {
    clearTimeout(this.#timer);
    this.widget.silence();
    this.widget.leave();
  }
}

/** What an element that takes itself out of its panel is told to have done: the panel would be empty without a word. */
export const leftByItself = (): Error => new Error('The widget took itself out of its panel');

function firstThatTakes<Result>(states: readonly unknown[], make: (state: unknown) => Result): Result {
  const [state, ...others] = states;
  try {
    return make(state);
  } catch (cause) {
    if (others.length === 0) throw cause;
    return firstThatTakes(others, make);
  }
}
