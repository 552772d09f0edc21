import type { Printable } from '../arrangement';
import type { PanelFrame } from '../panel';
import { Paper } from './paper';
import { scrollToStart } from './scrolled-away';
import { appearance, type Clock, steady } from './steady';

/** How often panels are given more room for what they scroll. */
const ROUNDS = 4;

/** The panels of one workspace on paper, and how they were on the screen before. */
export class Sheets {
  #before: { scrolls: (() => void)[]; place: { left: number; top: number } } | undefined;
  #paper: Paper | undefined;

  constructor(private readonly printable: Printable) {}

  /** One panel after another, as wide as paper, until they are taken from there. `behind`: also tabs that are behind others. */
  layOut(behind: boolean): void {
    const { root } = this.printable;
    const { scrollLeft: left, scrollTop: top } = root;
    this.#before = { scrolls: this.#shown().map((frame) => frame.keepScroll()), place: { left, top } };
    this.printable.arrangeBy((arrangerHost) => {
      this.#paper = new Paper(arrangerHost, behind);
      return this.#paper;
    });
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
      if (!this.#paper?.grow()) return;
    }
  }

  /** As everything was on the screen. */
  takeBack(): void {
    const before = this.#before;
    if (!before) return;
    this.#before = undefined;
    this.#paper = undefined;
    this.printable.arrangeBy(undefined, before.place);
    for (const restore of before.scrolls) restore();
  }

  #shown(): PanelFrame[] {
    return [...this.printable.frames].filter(({ element }) => !element.hidden);
  }
}
