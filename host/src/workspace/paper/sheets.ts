import type { Arrangement } from '../arrangement';
import type { Layer } from '../layer';
import type { PanelFrame } from '../panel';
import { Paper } from './paper';
import { scrollToStart } from './scrolled-away';
import { appearance, type Clock, steady } from './steady';

/** How often panels are given more room for what they scroll. */
const ROUNDS = 4;

/** The panels on paper, and how they were on the screen before. */
export class Sheets {
  #before: { behind: boolean; scrolls: (() => void)[]; place: { left: number; top: number } } | undefined;

  constructor(
    private readonly frames: Iterable<PanelFrame>,
    private readonly layer: Layer,
    private readonly arrangement: Arrangement,
    private readonly arrange: () => void,
  ) {}

  /** undefined: on the screen. `behind`: also tabs that are behind others. */
  get paper(): { behind: boolean } | undefined {
    return this.#before;
  }

  /** One panel after another, as wide as paper, until they are taken from there. */
  layOut(behind: boolean): void {
    const { scrollLeft: left, scrollTop: top } = this.layer.root;
    this.#before = { behind, scrolls: this.#shown().map((frame) => frame.keepScroll()), place: { left, top } };
    this.arrange();
    for (const { element } of this.#shown()) scrollToStart(element);
  }

  /** Resolves once every panel has drawn itself there, as high as what it shows. */
  async drawn(clock: Clock): Promise<void> {
    const look = (): string | null => {
      const looks = this.#shown().map(({ element }) => appearance(element));
      return looks.includes(null) ? null : looks.join('\n');
    };
    // What has more room may show more, and then scroll again.
    for (let round = 0; round < ROUNDS; round++) {
      await steady(clock, look);
      const { arranger } = this.arrangement;
      if (!(arranger instanceof Paper) || !arranger.grow()) return;
    }
  }

  /** As everything was on the screen. */
  takeBack(): void {
    const before = this.#before;
    if (!before) return;
    this.#before = undefined;
    this.arrangement.scrollTo(before.place);
    this.arrange();
    for (const restore of before.scrolls) restore();
  }

  #shown(): PanelFrame[] {
    return [...this.frames].filter(({ element }) => !element.hidden);
  }
}
