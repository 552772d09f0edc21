/** What the dashboard shows, kept for when the registry is away; and once it is back, what is so now instead of what was seen. */
import type { Pin, ResolutionItem } from '@datamesh/contracts';
import { keepAsking } from '../../api/keep-asking';
import { pause } from '../../api/pause';
import { ApiProblem, asProblem } from '../../api/problem';
import { browserClock } from '../../layouts/ports';
import { idOf, isResolution } from '../../remotes/resolution';
import { pathOf } from '../address';
import { resync } from '../live-updates';
import { loadFirst, type Place } from '../loading';
import type { OpenDashboard } from '../open-dashboard';
import type { OpenLayout } from '../open-layout';
import type { KeptSeen } from './last-seen';
import type { Seen } from './seen';

/** Milliseconds in which what changes is kept once. */
const TOGETHER = 1_000;

export class SeenPlaces {
  /** Aborted once something else is shown as it was last seen. */
  #catchingUp = new AbortController();
  #due = false;
  /** Versions that were withdrawn while this page was open. */
  readonly #withdrawn = new Set<string>();

  constructor(
    private readonly dashboard: OpenDashboard,
    private readonly kept: KeptSeen,
  ) {
    dashboard.resolutions.onChange(() => this.#note());
    let before = dashboard.store.getSnapshot();
    dashboard.store.subscribe(() => {
      const now = dashboard.store.getSnapshot();
      // What is shown was so until now.
      if (before.connection === 'live' && now.connection === 'offline') this.#keep();
      // Each layout that is opened, and each that has become another one, is remembered by its tab.
      if (before.tabs !== now.tabs) this.#note();
      before = now;
    });
    this.#note();
  }

  find(path: string): Promise<Seen | undefined> {
    return this.kept.find(path, this.dashboard.store.getSnapshot().session.user.id);
  }

  /** A layout that nobody has opened here, as the server just said. */
  keepAhead({ path, answer, pin }: Place & { kind: 'layout' }): Promise<void> {
    const { session } = this.dashboard.store.getSnapshot();
    const at = new Date(browserClock.now()).toISOString();
    const place = {
      kind: 'layout',
      path,
      answer: { ...answer, resolution: this.#standing(answer.resolution ?? []) },
      pin: pin && bare(pin),
    } as const;
    return this.kept.keep([{ paths: [path], seen: { at, session, place } }]);
  }

  forget(): Promise<void> {
    return this.kept.clear();
  }

  /** Nothing that was kept brings it back: neither what is open, nor what was opened before and is not any more. */
  withdraw(version: string): void {
    this.#withdrawn.add(version);
    void this.kept.clear();
    this.#note();
  }

  /** Something of what is shown may be another one now. */
  #note(): void {
    if (this.#due) return;
    this.#due = true;
    browserClock.schedule(TOGETHER, () => {
      this.#due = false;
      const { connection } = this.dashboard.store.getSnapshot();
      if (connection !== 'offline') this.#keep();
    });
  }

  /** Asks for what is shown until it is known what is so now. */
  async catchUp(path: string): Promise<void> {
    this.#catchingUp.abort();
    const asking = new AbortController();
    this.#catchingUp = asking;
    const { signal } = asking;
    let now: Awaited<ReturnType<typeof loadFirst>> | ApiProblem;
    try {
      now = await keepAsking(
        () => loadFirst(path),
        () => undefined,
        { wait: pause, random: Math.random },
        signal,
      );
    } catch (cause) {
      now = asProblem(cause);
    }
    if (signal.aborted) return;
    const { session } = this.dashboard.store.getSnapshot();
    // Signed out meanwhile, or somebody else: nothing of what was seen is theirs.
    if (now instanceof ApiProblem || now.session.user.id !== session.user.id) {
      await this.kept.clear();
      return location.reload();
    }
    // What is pinned is asked for below, which says so where it is another layout than was seen: nobody's goes from under their eyes.
    const seen = new Map(session.departments.map((department) => [department.id, department]));
    const departments = now.session.departments.map((department) => seen.get(department.id) ?? department);
    this.dashboard.store.patch({ asOf: null, session: { ...now.session, departments } });
    resync(this.dashboard);
    this.#note();
  }

  /** Only what the server has said, never what was itself only seen. */
  #keep(): void {
    const { asOf, signedOut } = this.dashboard.store.getSnapshot();
    if (asOf !== null || signedOut) return;
    const at = new Date(browserClock.now()).toISOString();
    const open = [...this.dashboard.layouts()].filter(({ session }) => !session.state.gone);
    void this.kept.keep(open.map((one) => this.#seen(one, at)));
  }

  #seen(open: OpenLayout, at: string): { paths: string[]; seen: Seen } {
    const { session } = this.dashboard.store.getSnapshot();
    const { layout, mayEdit, mine, upstream } = open.session.state;
    const specs = new Set(Object.values(layout.panels).map(({ widget }) => widget));
    const resolution = this.#standing([...specs].flatMap((spec) => this.dashboard.resolutions.peek(spec) ?? []));
    const path = pathOf(open);
    const answer = { layout, mayEdit, mine, upstream, resolution };
    const place = { kind: 'layout', path, answer, pin: open.pin && bare(open.pin) } as const;
    // The start page leads to what was shown last.
    return { paths: this.dashboard.active === open ? [path, '/'] : [path], seen: { at, session, place } };
  }

  /** What stands instead of what was withdrawn may not be known yet. */
  #standing(resolution: readonly ResolutionItem[]): ResolutionItem[] {
    return resolution.filter((item) => !isResolution(item) || !this.#withdrawn.has(idOf(item)));
  }
}

/** What else came with it is kept by itself. */
const bare = ({ session: _session, answer: _answer, ...pin }: Pin): Pin => pin;
