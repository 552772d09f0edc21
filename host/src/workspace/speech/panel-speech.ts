import type { PanelBinding } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { i18n } from '../../language/i18n';
import { messageOf, type WidgetFailure } from '../../remotes/failure';
import { idOf, partsOf, pinnedVersion, type Resolution } from '../../remotes/resolution';
import { sharedTags } from '../../remotes/scoped-elements';
import { readDeprecations } from '../browser-memory';
import type { Reach } from '../error-attribution';
import type { AnnouncedEffect, PanelRuntime } from '../lifecycle/runtime';
import type { Level, PanelReport } from '../types';
import { failureNotice } from './failure-notice';
import { Notes } from './notes';
import * as say from './panel-words';

/** What a panel's voice needs of it. */
export interface Speaker {
  readonly element: HTMLElement;
  readonly runtime: PanelRuntime;
  title(): string;
  editing(): boolean;
  /** The layout asks for another version from now on. */
  follow(spec: string): void;
  notify(level: Level, text: string): void;
  describe(state: 'loading' | 'failed', version?: string): void;
  report(kind: PanelReport['kind'], rest: Partial<PanelReport>): void;
}

/** Where it is said. */
export interface Place {
  /** For notes, over the widget. */
  readonly notes: HTMLElement;
  /** Instead of the widget. */
  showOnly(...content: Element[]): void;
}

/** What a panel says of its versions: instead of the widget, or in notes over it. */
export class PanelSpeech {
  readonly #notes: Notes;
  /** Just taken out because it was withdrawn: told once something stands in its place. */
  #withdrawn: say.Withdrawal | undefined;
  /** By the address of the version: what it laid its hands on, and how to let it. */
  readonly #reached = new Map<string, Map<Reach, (() => void) | undefined>>();
  /** How often in a row nothing came for too long. */
  #silences = 0;
  #whoElse: readonly string[] = [];

  constructor(
    private readonly panel: Speaker,
    private readonly place: Place,
  ) {
    this.#notes = new Notes(place.notes);
  }

  announce(effect: AnnouncedEffect): void {
    const { runtime } = this.panel;
    const again = (): void => runtime.again();
    const running = runtime.running?.resolution;
    switch (effect.kind) {
      case 'fail':
        this.#showFailure(effect);
        break;
      case 'offer':
        this.#notes.show(
          'ready',
          say.readyNote(effect.resolution, effect.hold, () => runtime.dispatch({ kind: 'consented' })),
        );
        break;
      case 'kept':
        if (running) this.#notes.show('version', say.keptNote(effect.resolution, running, effect.failure, again));
        this.#reportFailure(effect.failure, effect.resolution?.version, running?.version);
        break;
      case 'late':
        if (running) this.#notes.show('version', say.lateNote(effect.resolution, running, again));
        break;
      case 'returned':
        this.#notes.show('version', say.returnedNote(effect, again));
        this.#reportFailure(effect.failure, effect.from.version, effect.to.version);
        break;
      case 'withdrawn':
        this.#announceWithdrawn(effect.resolution.version, effect.failure);
        break;
      case 'settled':
        this.#settle(effect.resolution);
        break;
      case 'problem':
        this.showProblem(effect.error);
    }
    if (!runtime.state.ready && !runtime.state.coming) this.#notes.hide('ready');
  }

  /** Another widget stands: what was said about the one before is over. */
  placed(resolution: Resolution): void {
    this.#silences = 0;
    this.#notes.hide('problem', 'page');
    this.#showDeprecation(resolution);
    this.#showReached();
    const tags = sharedTags(resolution);
    if (tags.length > 0) this.#notes.show('shared', say.sharedNote(tags));
    else this.#notes.hide('shared');
  }

  /** A widget tried something with the page that is not its own, and was kept from it. */
  overstepped(reach: Reach, base: string, allow?: () => void): void {
    const known = this.#reached.get(base) ?? new Map();
    const news = !known.has(reach);
    this.#reached.set(base, known.set(reach, allow));
    if (!news) return;
    console.warn(`${base} was kept from: ${reach}`);
    this.#showReached();
  }

  wireRefused(refusal: { wire: PanelBinding; error: unknown } | null): void {
    if (refusal) this.#notes.show('wire', say.wireNote(refusal.wire, messageOf(refusal.error)));
    else this.#notes.hide('wire');
  }

  /** Taken away by hand it stays away until somebody else comes or goes. */
  whoElse(names: readonly string[]): void {
    if (String(names) === String(this.#whoElse)) return;
    this.#whoElse = names;
    if (names.length > 0) this.#notes.show('who-else', say.whoElseNote(names));
    else this.#notes.hide('who-else');
  }

  /** Something of the widget failed while it runs on. */
  showProblem(error: unknown): void {
    this.#notes.show(
      'problem',
      say.problemNote(messageOf(error), () => this.panel.runtime.reload()),
    );
    this.panel.report('failed', { detail: messageOf(error) });
  }

  #showFailure({ failure, resolution, good }: Extract<AnnouncedEffect, { kind: 'fail' }>): void {
    const { runtime } = this.panel;
    const { wanted } = runtime;
    const withdrawn = failure.reason === 'version_yanked';
    const version = resolution?.version ?? pinnedVersion(wanted) ?? undefined;
    if (failure.reason === 'no_answer') this.#silences += 1;
    this.#reportFailure(failure, version);
    // These words may have come later than what helped.
    if (runtime.state.failed === null) return;
    const others = say.substitutes(partsOf(wanted).name, failure, good, (spec) => this.#use(spec));
    const actions = [
      ...others,
      ...(withdrawn && others.length > 0 ? [] : [{ label: i18n.t('Try again'), run: () => runtime.again() }]),
      // What hangs inside the browser goes with the page and no sooner.
      ...(this.#silences > 1 ? [{ label: i18n.t('Reload the page'), run: () => location.reload() }] : []),
    ];
    const hint = [
      runtime.keeps ? i18n.t('What you entered is kept.') : '',
      others.length > 0 && !this.panel.editing()
        ? i18n.t('Another version is for you and for as long as this page is open; an editor can change it for everybody.')
        : '',
    ].join(' ');
    const title = [this.panel.title(), withdrawn && version ? shownVersion(version) : ''].join(' ').trim();
    this.#notes.clear();
    this.place.showOnly(failureNotice({ title, failure, version, actions, hint: hint.trim() }));
    this.panel.describe('failed', version);
  }

  #use(spec: string): void {
    if (this.panel.editing()) this.panel.follow(spec);
    else this.panel.runtime.dispatch({ kind: 'chosen', spec });
  }

  #announceWithdrawn(version: string, failure: WidgetFailure): void {
    const gone = { version, reason: failure.answer?.error.reason };
    this.#withdrawn = gone;
    this.#notes.clear();
    this.panel.notify('warn', `${this.panel.title()} ${say.withdrawal(gone)}`);
    this.#reportFailure(failure, version);
  }

  /** What is wanted runs: what was said about other versions is out of date. */
  #settle(resolution: Resolution): void {
    this.#notes.hide('version');
    if (this.#withdrawn) this.#notes.show('version', say.withdrawnNote(this.#withdrawn, resolution.version));
    this.#withdrawn = undefined;
    this.#showDeprecation(resolution);
  }

  #showReached(): void {
    const reached = this.#reached.get(this.panel.runtime.running?.base ?? '');
    if (reached) this.#notes.show('page', say.reachedNote([...reached.keys()], reached.get('cover')));
  }

  #showDeprecation({ name, version, notices }: Resolution): void {
    const [deprecation] = notices.filter(({ code }) => code === 'deprecated');
    const id = idOf({ name, version });
    if (!deprecation || readDeprecations.get(id) === deprecation.text) this.#notes.hide('deprecated');
    else
      this.#notes.show(
        'deprecated',
        say.deprecatedNote(deprecation.text, () => readDeprecations.set(id, deprecation.text)),
      );
  }

  /** `runs`: what is shown all the same. The warning is for whoever develops the widget. */
  #reportFailure(failure: WidgetFailure, version: string | undefined, runs?: string): void {
    const { message, stage, reason, cause } = failure;
    const { name } = partsOf(this.panel.runtime.wanted);
    console.warn(
      `${name}${version ? ` ${version}` : ''} in “${this.panel.title()}”: ${say.whole(failure)}`,
      ...(cause === undefined ? [] : [cause]),
    );
    this.panel.report('failed', { detail: message, stage, reason, version: version ?? null, ...(runs ? { runs } : {}) });
  }
}
