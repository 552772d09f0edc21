/** The lifecycle against a model: any sequence of news, answers, failures and people, in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WidgetFailure } from '../../remotes/failure';
import { idOf, type Resolution } from '../../remotes/resolution';
import { initial, step } from './lifecycle';
import type { Effect, Hold, LifecycleEvent, LifecycleState } from './types';

const SPEC = 'notes@stable';
const VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '2.0.0'] as const;
type Version = (typeof VERSIONS)[number];

const resolution = (version: string): Resolution => ({
  spec: SPEC,
  name: 'notes',
  version,
  base: `/remotes/notes/${version}/`,
  entry: 'dist/remoteEntry.mjs',
  expose: './widget',
  integrity: {},
  widget: { name: 'notes', title: 'Notes', description: '', publisher: 'team', expose: './widget' },
  notices: [],
});
const failure = (version: string, reason: 'threw' | 'version_yanked' | 'no_answer' = 'threw'): WidgetFailure =>
  new WidgetFailure(`notes@${version}`, reason === 'version_yanked' ? 'resolve' : 'connect', reason, undefined, new Error(reason));

/** A panel as a person would have it: what stands in it, what is known of the world, what is under way. */
class Panel {
  state: LifecycleState = initial(SPEC);
  stands: string | null = null;
  loadingShown = false;
  failureShown = false;
  note: Effect['kind'] | null = null;
  readonly said: Effect[] = [];
  /** Open questions, with what the registry would say at the moment of asking. */
  readonly pending: { effect: Effect; meant: Version | null }[] = [];
  readonly withdrawn = new Set<string>();
  readonly broken = new Set<string>();
  stable: Version = '1.0.0';
  hold: Hold | null = null;
  /** Versions that were taken away without being withdrawn or blamed, and without the person's consent. */
  readonly stolen: string[] = [];
  interrupted = 0;
  askedTwice = 0;
  /** Something of a version failed, so that it is tried again only when a person says so. */
  scathed = false;
  /** What stands and cannot run on. */
  doomed: string | null = null;
  /** What stands and failed, until the panel has said so. */
  untold: string | null = null;
  /** A person said "now" to what was offered, and nothing has come of it yet. */
  agreed = false;

  send(event: LifecycleEvent): void {
    const { state, effects } = step(this.state, event);
    this.state = state;
    for (const effect of effects) {
      this.said.push(effect);
      if (effect.kind === 'takeOut') {
        const meant = ['withdrawn', 'reload', 'blamed', 'unresolved'].includes(event.kind) || this.stands === this.doomed;
        if (!meant && this.stands) this.stolen.push(this.stands);
        this.stands = null;
      } else if (effect.kind === 'showLoading') [this.loadingShown, this.failureShown] = [true, false];
      else if (effect.kind === 'fail') [this.loadingShown, this.failureShown] = [false, true];
      else if (effect.kind === 'resolve' || effect.kind === 'load' || effect.kind === 'try')
        this.pending.push({ effect, meant: this.meant() });
      if (effect.kind === 'kept' || effect.kind === 'fail' || effect.kind === 'problem' || effect.kind === 'returned') this.scathed = true;
      if (effect.kind === 'try' && this.stands && this.hold && !effect.atOnce) this.interrupted += 1;
      if (effect.kind === 'problem') this.untold = null;
      if (this.agreed && effect.kind === 'offer') this.askedTwice += 1;
    }
    if (event.kind === 'consented') this.agreed ||= effects.length > 0;
    else if (this.state.coming?.back || this.pending.length === 0) this.agreed = false;
    if (event.kind === 'blamed') {
      this.untold = effects.some(({ kind }) => kind === 'problem') ? null : this.stands;
      if (event.fatal) this.doomed = this.stands;
    }
    if (this.doomed !== this.stands) this.doomed = null;
    if (this.untold !== this.stands) this.untold = null;
  }

  /** The world answers the oldest open question, or any other of them. */
  answer(at: number): void {
    const [asked] = this.pending.splice(at % Math.max(1, this.pending.length), 1);
    if (!asked) return;
    const { effect, meant: version } = asked;
    if (effect.kind === 'resolve') {
      const { turn } = effect;
      this.send(
        version === null
          ? { kind: 'unresolved', turn, failure: failure(this.stable, 'version_yanked') }
          : { kind: 'resolved', turn, resolution: resolution(version) },
      );
    } else if (effect.kind === 'load') this.send({ kind: 'loaded', turn: effect.turn, hold: this.hold });
    else if (effect.kind === 'try') {
      const { turn } = effect;
      if (this.state.coming?.turn !== turn) return;
      if (this.broken.has(effect.resolution.version)) this.send({ kind: 'broke', turn, failure: failure(effect.resolution.version) });
      else if (this.hold && this.stands && !effect.atOnce) this.send({ kind: 'interrupted', turn, hold: this.hold });
      else {
        this.stands = idOf(effect.resolution);
        [this.loadingShown, this.failureShown] = [false, false];
        this.send({ kind: 'stood', turn });
      }
    }
  }

  /** What the channel gives: the version promoted last that is not withdrawn. */
  meant(): Version | null {
    return [this.stable, ...VERSIONS].find((version) => !this.withdrawn.has(version)) ?? null;
  }

  settle(): void {
    for (let i = 0; this.pending.length > 0 && i < 200; i++) this.answer(0);
  }
}

function withdraw(panel: Panel, gone: Version): void {
  panel.withdrawn.add(gone);
  panel.send({ kind: 'withdrawn', id: `notes@${gone}`, failure: failure(gone, 'version_yanked') });
}

type Move = fc.Command<Panel, Panel>;
const move = (name: string, run: (panel: Panel) => void): Move => ({
  check: () => true,
  run: (panel) => {
    run(panel);
    holds(panel);
  },
  toString: () => name,
});

/** What must be true at every moment. */
function holds(panel: Panel): void {
  const { state, stands } = panel;
  expect(state.running ? idOf(state.running.resolution) : null, 'the state knows what stands').toBe(stands);
  expect(panel.stolen, 'nothing is taken away by what fails').toEqual([]);
  expect(panel.interrupted, 'nobody is interrupted').toBe(0);
  expect(panel.askedTwice, 'nobody is asked again for what they said yes to').toBe(0);
  for (const version of panel.withdrawn) expect(stands, 'a withdrawn version does not stand').not.toBe(`notes@${version}`);
  if (panel.pending.length === 0) {
    expect(stands, 'what cannot run on does not stand for longer than it must').not.toBe(panel.doomed ?? undefined);
    expect(panel.untold, 'what failed goes, or the panel says so').toBeNull();
  }
  if (!stands && state.turn > 0) expect(panel.loadingShown || panel.failureShown, 'an empty panel says why').toBe(true);
}

const version = fc.constantFrom(...VERSIONS);
const settle = fc.constant(move('all questions are answered', (panel) => panel.settle()));
const answer = fc.nat({ max: 5 }).map((at) => move(`answer ${at}`, (panel) => panel.answer(at)));
const moves = [
  // Often, so that something stands for most of the time.
  ...[settle, settle, settle, settle, answer, answer, answer],
  version.map((to) =>
    move(`promote ${to}`, (panel) => {
      if (panel.withdrawn.has(to)) return;
      panel.stable = to;
      panel.send({ kind: 'answered' });
    }),
  ),
  version.map((gone) =>
    move(`withdraw ${gone}`, (panel) => {
      withdraw(panel, gone);
      panel.send({ kind: 'answered' });
    }),
  ),
  version.map((bad) => move(`break ${bad}`, (panel) => void panel.broken.add(bad))),
  version.map((good) => move(`mend ${good}`, (panel) => void panel.broken.delete(good))),
  fc.constant(
    move('fail to load', (panel) => {
      const at = panel.pending.findIndex(({ effect }) => effect.kind === 'load');
      const [asked] = at < 0 ? [] : panel.pending.splice(at, 1);
      const effect = asked?.effect;
      if (effect?.kind === 'load') panel.send({ kind: 'broke', turn: effect.turn, failure: failure(effect.resolution.version) });
    }),
  ),
  fc.constantFrom<Hold | null>('typing', 'dirty', null).map((hold) =>
    move(`hold ${hold}`, (panel) => {
      panel.hold = hold;
      if (!hold) panel.send({ kind: 'calm' });
    }),
  ),
  version.map((known) =>
    move(`recall ${known}`, (panel) => {
      if (!panel.withdrawn.has(known)) panel.send({ kind: 'recalled', resolution: resolution(known) });
    }),
  ),
  fc.constant(move('consent', (panel) => panel.send({ kind: 'consented' }))),
  fc.constant(move('again', (panel) => panel.send({ kind: 'again' }))),
  fc.constant(move('reload', (panel) => panel.send({ kind: 'reload' }))),
  fc.constant(
    move(
      'an error',
      (panel) =>
        panel.state.running && panel.send({ kind: 'blamed', failure: failure(panel.state.running.resolution.version), fatal: false }),
    ),
  ),
  fc.constant(
    move(
      'a fatal error',
      (panel) =>
        panel.state.running && panel.send({ kind: 'blamed', failure: failure(panel.state.running.resolution.version), fatal: true }),
    ),
  ),
  fc.constant(move('time passes', (panel) => panel.stands && panel.send({ kind: 'proven', id: panel.stands }))),
  fc.constant(
    move(
      'too long',
      (panel) => panel.state.coming && panel.send({ kind: 'overdue', turn: panel.state.coming.turn, failure: failure('', 'no_answer') }),
    ),
  ),
];

describe('the versions of a panel', () => {
  it('keep the four rules whatever happens, and end with what is wanted once all is calm and well', () => {
    fc.assert(
      fc.property(fc.commands(moves, { maxCommands: 60, size: '+1' }), (commands) => {
        const panel = new Panel();
        panel.send({ kind: 'wanted', spec: SPEC });
        fc.modelRun(() => ({ model: panel, real: panel }), commands);
        // Everything is mended, nobody does anything, and somebody says "again".
        panel.hold = null;
        panel.broken.clear();
        panel.settle();
        panel.send({ kind: 'calm' });
        panel.settle();
        const wanted = panel.meant();
        // What failed is tried again only when somebody says so; all else comes by itself.
        if (!panel.state.refused.includes(`notes@${wanted}`)) expect(panel.stands).toBe(wanted && `notes@${wanted}`);
        if (panel.scathed) panel.send({ kind: 'again' });
        panel.settle();
        panel.send({ kind: 'calm' });
        panel.settle();
        expect(panel.stands).toBe(wanted && `notes@${wanted}`);
        holds(panel);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave what failed though somebody types and what they were offered is what is wanted, when the registry answers anew', () => {
    const panel = running('1.1.0');
    panel.hold = 'typing';
    panel.stable = '1.0.0';
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.said.at(-1)).toMatchObject({ kind: 'offer', resolution: { version: '1.0.0' } });
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
  });

  it('go on saying what was gone back from when what it was gone back to is what is wanted', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.stable = '1.0.0';
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
    const said = panel.said.map(({ kind }) => kind);
    expect(said.slice(said.indexOf('returned'))).not.toContain('settled');
  });

  it('come at once for whoever said so, also when the registry answers anew on the way', () => {
    const panel = running();
    panel.hold = 'typing';
    panel.stable = '1.1.0';
    panel.send({ kind: 'answered' });
    panel.settle();
    panel.send({ kind: 'consented' });
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
  });

  it('end with what is wanted when the one before it fails while it is on its way', () => {
    const panel = running('1.1.0');
    panel.stable = '1.2.0';
    panel.send({ kind: 'answered' });
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.settle();
    expect(panel.said).toContainEqual(expect.objectContaining({ kind: 'returned', to: expect.objectContaining({ version: '1.0.0' }) }));
    expect(panel.stands).toBe('notes@1.2.0');
  });

  it('say that what stood failed, also when what is wanted meanwhile takes its place and not the one before', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.stable = '1.2.0';
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.2.0');
    expect(panel.said).toContainEqual(expect.objectContaining({ kind: 'returned', from: resolution('1.1.0'), to: resolution('1.2.0') }));
  });

  it.each([
    ['on its way', null],
    ['waiting for somebody who types', 'typing' as const],
  ])('do not leave a panel empty for what is %s when the one before it cannot run on', (_what, hold) => {
    const panel = running();
    panel.hold = hold;
    panel.stable = '1.1.0';
    panel.send({ kind: 'answered' });
    if (hold) panel.settle();
    panel.send({ kind: 'blamed', failure: failure('1.0.0'), fatal: true });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
  });

  const running = (...versions: Version[]): Panel => {
    const panel = new Panel();
    panel.send({ kind: 'wanted', spec: SPEC });
    panel.settle();
    for (const next of versions) {
      panel.stable = next;
      panel.send({ kind: 'answered' });
      panel.settle();
    }
    return panel;
  };

  it('go back to the one before when the new one fails in its first seconds, and do not try that again by themselves', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
    expect(panel.said).toContainEqual(expect.objectContaining({ kind: 'returned' }));
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
    panel.send({ kind: 'again' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
  });

  it('do not go back to one that was withdrawn meanwhile', () => {
    const panel = running('1.1.0');
    withdraw(panel, '1.0.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
    expect(panel.said.at(-1)).toMatchObject({ kind: 'problem' });
  });

  it.each<[string, (panel: Panel) => void]>([
    ['is withdrawn', (panel) => withdraw(panel, '1.0.0')],
    ['cannot be loaded any more', (panel) => void panel.broken.add('1.0.0')],
  ])('do not leave what cannot run on where it is when the one to go back to %s on the way', (_what, happens) => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: true });
    happens(panel);
    panel.settle();
    expect(panel.stands).toBeNull();
    expect(panel.failureShown).toBe(true);
  });

  it('say what is wrong with the one that stays because the one to go back to was withdrawn on the way', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    withdraw(panel, '1.0.0');
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
    expect(panel.said.at(-1)).toMatchObject({ kind: 'problem' });
  });

  it('go back all the same when the registry answers anew on the way', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
    expect(panel.said).toContainEqual(expect.objectContaining({ kind: 'returned', from: resolution('1.1.0') }));
  });

  it('take later errors for problems of a version that stood its first seconds', () => {
    const panel = running('1.1.0');
    panel.send({ kind: 'proven', id: 'notes@1.1.0' });
    panel.send({ kind: 'blamed', failure: failure('1.1.0'), fatal: false });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
  });

  it('do not let unsaved work keep a withdrawn version', () => {
    const panel = running('1.1.0');
    panel.hold = 'dirty';
    panel.stable = '1.0.0';
    withdraw(panel, '1.1.0');
    expect(panel.stands).toBeNull();
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
  });

  it('wait while somebody types, say so, and come when they are done', () => {
    const panel = running();
    panel.hold = 'typing';
    panel.stable = '1.1.0';
    panel.send({ kind: 'answered' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
    expect(panel.said.at(-1)).toMatchObject({ kind: 'offer', hold: 'typing' });
    panel.hold = null;
    panel.send({ kind: 'calm' });
    panel.settle();
    expect(panel.stands).toBe('notes@1.1.0');
  });

  it('say that something does not answer, and show it when it comes after all', () => {
    const panel = new Panel();
    panel.send({ kind: 'wanted', spec: SPEC });
    panel.answer(0);
    panel.send({ kind: 'overdue', turn: panel.state.turn, failure: failure('1.0.0', 'no_answer') });
    expect(panel.failureShown).toBe(true);
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
  });

  it('offer what worked on an earlier page instead of what does not answer, and go to it where the new one fails', () => {
    const panel = new Panel();
    panel.stable = '1.1.0';
    panel.send({ kind: 'wanted', spec: SPEC });
    panel.answer(0);
    panel.send({ kind: 'overdue', turn: panel.state.turn, failure: failure('1.1.0', 'no_answer') });
    panel.send({ kind: 'recalled', resolution: resolution('1.0.0') });
    expect(panel.said.at(-1)).toMatchObject({ kind: 'fail', good: { version: '1.0.0' } });
    panel.broken.add('1.1.0');
    panel.settle();
    expect(panel.stands).toBe('notes@1.0.0');
  });
});
