/** Whatever is done to a layout, in whatever order, it stays one, and nobody's work is lost. */
import type { Layout, LayoutContent } from '@datamesh/contracts';
import {
  addPanel,
  contentOf,
  copyPanels,
  diff,
  emptyLayout,
  equal,
  merge3,
  normalise,
  type PanelGroup,
  panelsOf,
  pastePanels,
  validate,
} from '@datamesh/layout';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LayoutSession } from './layout-session';
import { byPanel, type Choices, type MergeProposal, proposePull, settle } from './merging';
import { Registry, settled, TestClock, testDrafts, testMine } from './testing/around-session';
import { type Draw, draw, EDITS, type Edit, edited, panelAt } from './testing/random-edits';

const STEPS = [...(Object.keys(EDITS) as Edit[]), 'undo', 'redo', 'save', 'reload', 'merge', 'pull', 'copy', 'paste'] as const;
type Step = (typeof STEPS)[number];
const isEdit = (step: Step): step is Edit => step in EDITS;

/** Somebody's copy of a layout, while others change it and its original. */
class Person {
  readonly #clock = new TestClock();
  readonly #drafts = testDrafts(new Map());
  readonly #mine = testMine(this.#clock);
  readonly #registry: Registry;
  session!: LayoutSession;
  #clipboard: PanelGroup | null = null;
  /** What of the original is in the copy already. */
  #pulled: LayoutContent;
  #original: Layout;

  constructor(start: LayoutContent) {
    this.#registry = new Registry(start);
    this.#original = this.#registry.layout;
    this.#registry.copyOf(this.#original.revision);
    this.#pulled = start;
  }

  get content(): LayoutContent {
    return this.session.state.content;
  }

  get saved(): LayoutContent {
    return contentOf(this.#registry.layout);
  }

  async open(): Promise<void> {
    const answer = JSON.parse(JSON.stringify(await this.#registry.load()));
    const notice = (): void => undefined;
    this.session = new LayoutSession(answer, {
      user: 'alex',
      calls: this.#registry,
      drafts: this.#drafts,
      mine: this.#mine,
      clock: this.#clock,
      notice,
    });
    await this.session.startEditing();
  }

  async take(step: Step, with_: Draw, after: readonly [Edit, Draw][]): Promise<void> {
    if (isEdit(step)) this.#edit(step, with_);
    else if (step === 'undo' || step === 'redo') this.#back(step);
    else if (step === 'copy')
      this.#clipboard = copyPanels(this.content, [panelAt(this.content, with_.one), panelAt(this.content, with_.other)]);
    else if (step === 'paste') this.#paste(with_);
    else if (step === 'save') await this.#save();
    else if (step === 'reload') await this.#reload();
    else if (step === 'merge') await this.#merge(with_, after);
    else await this.#pull(with_, after);
    await settled();
  }

  #edit(step: Edit, with_: Draw): void {
    const before = this.content;
    this.session.edit(edited(before, step, with_), step);
    const { panels } = this.content;
    const target = step === 'set' ? panelAt(before, with_.one) : undefined;
    for (const id of Object.keys(before.panels))
      if (panels[id] && id !== target) expect([id, panels[id].settings ?? {}]).toEqual([id, before.panels[id]?.settings ?? {}]);
  }

  /** There and back again is where one was. */
  #back(step: 'undo' | 'redo'): void {
    const { session, content: before } = this;
    if (session.state[step] === null) return;
    const other = step === 'undo' ? 'redo' : 'undo';
    session[step]();
    const there = this.content;
    session[other]();
    expect(equal(this.content, before)).toBe(true);
    session[step]();
    expect(equal(this.content, there)).toBe(true);
  }

  #paste({ one }: Draw): void {
    const group = this.#clipboard;
    if (!group || panelsOf(this.content.tree).length > 30) return;
    const before = this.content;
    const { content, ids } = pastePanels(before, group, one % 2 ? { at: 'end' } : { into: panelAt(before, one) }, { outside: 'keep' });
    this.session.edit(content, 'Paste');
    expect(ids.filter((id) => id in before.panels)).toEqual([]);
    expect(ids.map((id) => content.panels[id]?.settings)).toEqual(panelsOf(group.tree).map((id) => group.panels[id]?.settings));
    for (const [id, panel] of Object.entries(before.panels)) expect(content.panels[id]).toEqual(panel);
  }

  async #save(): Promise<void> {
    const { content } = this;
    if (this.session.state.dirty) expect((await this.session.save()).kind).toBe('saved');
    expect(this.session.state.dirty).toBe(false);
    expect(equal(this.saved, content)).toBe(true);
  }

  /** What is unsaved comes back from this browser. */
  async #reload(): Promise<void> {
    const { content, session } = this;
    const { dirty } = session.state;
    const taken = session.carried.unsaved?.taken;
    session.dispose();
    await this.open();
    await this.session.offerDraft();
    expect(this.session.state.offered !== null).toBe(dirty);
    await this.session.restoreDraft();
    expect(equal(this.content, content)).toBe(true);
    expect([this.session.state.dirty, this.session.carried.unsaved?.taken]).toEqual([dirty, taken]);
  }

  /** Somebody else saves in between. */
  async #merge(with_: Draw, after: readonly [Edit, Draw][]): Promise<void> {
    const base = this.saved;
    const theirs = normalise(after.reduce((content, [edit, one]) => edited(content, edit, one), base));
    mustLeaveToTheOther(base, theirs);
    this.#registry.saveAs('Robin', theirs);
    const mine = this.content;
    if (!this.session.state.dirty) {
      await this.session.changed(this.#registry.layout.revision, false);
      expect(equal(this.content, theirs)).toBe(true);
      return;
    }
    const outcome = await this.session.save();
    if (outcome.kind !== 'stale') throw new Error('a save in between was overwritten');
    const { proposal } = outcome;
    expect((await this.session.mergeAndSave(proposal, choicesOf(proposal, with_))).kind).toBe('saved');
    expect(equal(this.saved, this.content)).toBe(true);
    // What one of them added is there, and what neither took away.
    const { panels } = this.content;
    for (const id of Object.keys(mine.panels))
      if (!(id in base.panels) || id in theirs.panels) expect([id, id in panels]).toEqual([id, true]);
  }

  /** The original goes on, and the copy takes that in; a second time there is nothing to take. */
  async #pull(with_: Draw, after: readonly [Edit, Draw][]): Promise<void> {
    await this.#save();
    const next = normalise(after.reduce((content, [edit, one]) => edited(content, edit, one), contentOf(this.#original)));
    this.#original = { ...this.#original, ...next, revision: this.#original.revision + 1 };
    const proposal = proposePull(this.content, this.#pulled, this.#original);
    const pulled = settle(proposal, choicesOf(proposal, with_));
    const before = this.content;
    this.session.edit(pulled, 'Pull', undefined, this.#original.revision);
    await this.#save();
    expect(this.#registry.layout.forkedFrom?.revision).toBe(this.#original.revision);
    // Back, and there again: a step like any other.
    this.session.undo();
    expect(equal(this.content, normalise(before))).toBe(true);
    this.session.redo();
    this.#pulled = next;
    const again = proposePull(this.content, this.#pulled, this.#original);
    expect([again.changes, again.merged.conflicts]).toEqual([[], []]);
    expect(equal(settle(again, {}), this.content)).toBe(true);
  }
}

const choicesOf = ({ merged }: MergeProposal, { one }: Draw): Choices =>
  Object.fromEntries(
    byPanel(merged.conflicts).flatMap(({ conflicts }, i) =>
      conflicts.map(({ path }) => [path, (one + i) % 2 ? 'mine' : 'theirs'] as const),
    ),
  );

/** Every panel has one place, every wire a source, and what lies beside each other fills what it lies in. */
function mustBeWhole(content: LayoutContent): void {
  expect(validate(content)).toEqual([]);
  const visit = (node: LayoutContent['tree']): void => {
    if (node.type === 'stack') return;
    expect(node.children.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(1, 9);
    for (const child of node.children) visit(child.node);
  };
  visit(content.tree);
}

/** Who did nothing has no say, whichever side that is. */
function mustLeaveToTheOther(base: LayoutContent, changed: LayoutContent): void {
  for (const { content, conflicts } of [merge3(base, changed, base), merge3(base, base, changed)]) {
    expect(conflicts).toEqual([]);
    expect(diff(changed, content)).toEqual([]);
  }
}

/** What two people do to two panels never clashes, and both is done; one of them may add a third. */
function mustMergeApart(content: LayoutContent, { one, other, value }: Draw): void {
  const [a, b] = [panelAt(content, one), panelAt(content, one + 1)];
  if (a === b || a === '') return;
  const edit = (by: number): Edit => TO_ONE_PANEL[by % TO_ONE_PANEL.length] ?? 'set';
  const mine = normalise(edited(content, edit(other), { one, other, value }));
  const theirs = normalise(
    addPanel(edited(content, edit(one), { one: one + 1, other, value }), 'third', { widget: 'notes@stable' }, { into: a }),
  );
  const { content: both, conflicts } = merge3(content, mine, theirs);
  expect([conflicts, both.panels['third']?.widget]).toEqual([[], 'notes@stable']);
  for (const [id, { panels }] of [
    [a, mine],
    [b, theirs],
  ] as const) {
    const own = panels[id];
    // Without wires whose source the other one closed.
    expect(both.panels[id]).toEqual(own && normalise({ ...both, panels: { ...both.panels, [id]: own } }).panels[id]);
  }
}
const TO_ONE_PANEL: readonly Edit[] = ['set', 'rename', 'channel', 'version', 'wire', 'unwire', 'close'];

it('500 edits, with undo, redo, save, reload, merge, copy, paste and pull, leave a whole layout after each', {
  timeout: 120_000,
}, async () => {
  const edit = fc.constantFrom(...(Object.keys(EDITS) as Edit[]));
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), draw, fc.array(fc.tuple(edit, draw), { minLength: 1, maxLength: 3 })), {
    minLength: 500,
    maxLength: 500,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const person = new Person(emptyLayout('Morning'));
      await person.open();
      for (const [step, with_, after] of all) {
        await person.take(step, with_, after);
        mustBeWhole(person.content);
        mustLeaveToTheOther(person.saved, person.content);
        mustMergeApart(person.content, with_);
      }
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
