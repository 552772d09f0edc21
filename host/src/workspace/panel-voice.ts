import type { PanelBinding } from '@datamesh/contracts';
import type { Resolution } from '../remotes/resolution';
import { sharedTags } from '../remotes/scoped-elements';
import type { Reach } from './error-attribution';
import { lazyCode } from './lazy-code';
import type { AnnouncedEffect } from './lifecycle/runtime';
import { node } from './nodes';
import { skeleton } from './skeleton';
import type { PanelSpeech, Speaker } from './speech/panel-speech';

/** Most widgets come and go without a word: how panels speak is fetched when there is something to say, or when the page is at rest. */
export const fetchSpeech = lazyCode(() => import(/* webpackChunkName: "speech" */ './speech/panel-speech'));

/** Says in the panel what becomes of its versions, in the order in which it becomes so. */
export class PanelVoice {
  /** Widgets stand before it. */
  readonly notes = node('div', 'dm-notes');
  #speech: PanelSpeech | undefined;
  /** What is to be said once it is known how. */
  #unsaid: ((speech: PanelSpeech) => void)[] | undefined;

  constructor(private readonly panel: Speaker) {
    this.notes.setAttribute('role', 'status');
    panel.element.append(this.notes);
  }

  announce(effect: AnnouncedEffect): void {
    if (effect.kind === 'showLoading') {
      this.showOnly(skeleton());
      this.panel.describe('loading');
    }
    const isSilent = effect.kind === 'showLoading' || (effect.kind === 'settled' && !saysSomething(effect.resolution));
    this.#say((speech) => speech.announce(effect), isSilent);
  }

  /** Another widget stands: what was said about the one before is over. */
  placed(resolution: Resolution): void {
    this.#say((speech) => speech.placed(resolution), !saysSomething(resolution));
  }

  /** A widget tried something with the page that is not its own, and was kept from it. */
  overstepped(reach: Reach, base: string, allow?: () => void): void {
    this.#say((speech) => speech.overstepped(reach, base, allow));
  }

  wireRefused(refusal: { wire: PanelBinding; error: unknown } | null): void {
    this.#say((speech) => speech.wireRefused(refusal), refusal === null);
  }

  /** Taken away by hand it stays away until somebody else comes or goes. */
  whoElse(names: readonly string[]): void {
    this.#say((speech) => speech.whoElse(names), names.length === 0);
  }

  /** Something of the widget failed while it runs on. */
  showProblem(error: unknown): void {
    this.#say((speech) => speech.showProblem(error));
  }

  showOnly(...content: Element[]): void {
    this.panel.element.replaceChildren(...content, this.notes);
  }

  /** `isSilent`: it only ends what was said before. */
  #say(say: (speech: PanelSpeech) => void, isSilent = false): void {
    if (this.#speech) say(this.#speech);
    else if (this.#unsaid) this.#unsaid.push(say);
    else if (!isSilent) void this.#begin(say);
  }

  async #begin(say: (speech: PanelSpeech) => void): Promise<void> {
    const unsaid = [say];
    this.#unsaid = unsaid;
    const { PanelSpeech } = await fetchSpeech();
    this.#speech = new PanelSpeech(this.panel, this);
    for (const one of unsaid) one(this.#speech);
  }
}

const saysSomething = (resolution: Resolution): boolean =>
  resolution.notices.some(({ code }) => code === 'deprecated') || sharedTags(resolution).length > 0;
