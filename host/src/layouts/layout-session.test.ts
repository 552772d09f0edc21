import type { Draft, LayoutAnswer, LayoutContent } from '@datamesh/contracts';
import { addPanel, contentOf, emptyLayout, removePanel, setSettings } from '@datamesh/layout';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LayoutSession } from './layout-session';
import type { Notice } from './layout-state';
import type { LocalDraft, LocalDrafts } from './ports';
import { Registry, settled, TestClock, testDrafts, testMine, testStorage } from './testing/around-session';

function start(): LayoutContent {
  const content = addPanel(emptyLayout('Morning'), 'p1', { widget: 'data-table@stable', settings: { sort: 'name' } }, { at: 'end' });
  return addPanel(content, 'p2', { widget: 'series-chart@stable' }, { beside: 'p1', side: 'right' });
}

describe('LayoutSession', () => {
  let registry: Registry;
  let clock: TestClock;
  let notices: Notice[];
  let local: Map<string, LocalDraft>;
  let drafts: LocalDrafts;
  /** Of the browser, and of one of its tabs. */
  let storage: Storage;
  let tab: Storage;

  // A page has it a moment later, for which these do not wait.
  beforeAll(() => import('./merging'));

  beforeEach(() => {
    registry = new Registry(start());
    clock = new TestClock();
    notices = [];
    local = new Map();
    drafts = testDrafts(local);
    storage = testStorage();
    tab = testStorage();
  });

  const around = () => ({
    user: 'alex',
    calls: registry,
    drafts,
    mine: testMine(clock, storage, tab),
    clock,
    notice: (notice: Notice) => notices.push(notice),
  });
  /** By somebody who has begun to edit it. */
  const open = async (): Promise<LayoutSession> => {
    const session = new LayoutSession(await registry.load(), around());
    await session.startEditing();
    return session;
  };
  /** As it was last seen, while nobody answers. */
  const openSeen = (answer: LayoutAnswer): LayoutSession => new LayoutSession(answer, around(), true);
  const sort = (content: LayoutContent, by: string): LayoutContent => setSettings(content, 'p1', { sort: by });
  const titled = (content: LayoutContent, title: string): LayoutContent => ({ ...content, title });

  it('follows what others save for somebody who only looks, and fetches what changes a layout no sooner', async () => {
    const session = new LayoutSession(await registry.load(), around());
    await session.refresh();
    expect(() => session.edit(titled(session.state.content, 'Mine'), 'Rename')).toThrow('nobody has begun');
    registry.saveAs('Bo', titled(session.state.content, 'Noon'));
    await session.changed(2, false);
    expect([session.state.content.title, session.state.dirty]).toEqual(['Noon', false]);
    expect(notices).toEqual([{ kind: 'reloaded', by: 'Bo' }]);
  });

  it('is unsaved only while a person could tell the difference', async () => {
    const session = await open();
    session.edit(sort(session.state.content, 'price'), 'Change settings');
    expect(session.state.dirty).toBe(true);
    session.edit(sort(session.state.content, 'name'), 'Change settings');
    expect(session.state.dirty).toBe(false);
  });

  it('goes back and forth, and names what it takes back', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    expect(session.state.undo).toBe('Rename');
    session.undo();
    expect(session.state.content.title).toBe('Morning');
    expect([session.state.undo, session.state.redo, session.state.dirty]).toEqual([null, 'Rename', false]);
    session.redo();
    expect(session.state.content.title).toBe('Evening');
  });

  describe('a copy', () => {
    const pulled = async (): Promise<LayoutSession> => {
      registry.copyOf(4);
      const session = await open();
      session.edit(sort(session.state.content, 'change'), 'Pull from “Original”', undefined, 7);
      await session.save();
      return session;
    };
    const taken = () => registry.layout.forkedFrom?.revision;

    it('takes back what it has pulled as any other edit, and the original has it to offer again', async () => {
      const session = await pulled();
      expect([taken(), session.state.dirty, session.state.undo]).toEqual([7, false, 'Pull from “Original”']);
      session.undo();
      expect([session.state.content.panels['p1']?.settings, session.state.dirty]).toEqual([{ sort: 'name' }, true]);
      await session.save('Not yet');
      expect([taken(), registry.layout.message, session.state.dirty]).toEqual([4, 'Not yet', false]);
      session.redo();
      await session.save();
      expect([taken(), registry.layout.panels['p1']?.settings]).toEqual([7, { sort: 'change' }]);
    });

    it('keeps what was edited since, and its title, when a pull is taken back', async () => {
      const session = await pulled();
      const { content: after } = session.state;
      const before = sort(after, 'name');
      session.edit(titled(after, 'Noon'), 'Rename');
      await session.takeBack('Pull from “Original”', before, after, 4);
      expect(session.state.content).toMatchObject({ title: 'Noon', panels: { p1: { settings: { sort: 'name' } } } });
      await session.save();
      expect([taken(), registry.layout.title, session.state.dirty]).toEqual([4, 'Noon', false]);
    });

    it('has taken in what the page before had', async () => {
      const session = await pulled();
      session.undo();
      const next = await open();
      session.dispose();
      await next.resume(JSON.parse(JSON.stringify(session.carried)));
      await next.save();
      expect(taken()).toBe(4);
    });

    describe.each([
      ['this browser', 0],
      ['the server', 1_500],
    ])('whose pull was taken back and not saved, as %s has it', (_, left) => {
      it.each([
        ['has pulled it not', 'change'],
        ['has pulled it not, although nothing of it is to be seen', 'name'],
      ])('%s', async (_, by) => {
        registry.copyOf(4);
        const session = await open();
        session.edit(sort(session.state.content, by), 'Pull from “Original”', undefined, 7);
        await session.save();
        session.undo();
        await clock.pass(left);
        session.dispose();
        const next = await open();
        await next.offerDraft();
        expect(next.state.offered).not.toBeNull();
        await next.restoreDraft();
        expect([next.state.dirty, next.state.content.panels['p1']?.settings]).toEqual([true, { sort: 'name' }]);
        await next.save();
        expect([taken(), next.state.dirty]).toEqual([4, false]);
      });

      it('has pulled it not on a page that has gone on, either', async () => {
        const one = await pulled();
        const other = await open();
        one.undo();
        await clock.pass(left);
        one.dispose();
        await other.offerDraft();
        other.edit(titled(other.state.content, 'Noon'), 'Rename');
        for (let i = 0; i < 3; i++) await clock.pass(1_500);
        await other.save();
        expect([taken(), registry.layout.title, registry.layout.panels['p1']?.settings]).toEqual([4, 'Noon', { sort: 'name' }]);
      });
    });

    it('of which somebody else has pulled meanwhile has that as well', async () => {
      registry.copyOf(4);
      const session = await open();
      session.edit(titled(session.state.content, 'Noon'), 'Rename');
      await registry.pull('', sort(contentOf(registry.layout), 'change'), 1, 7);
      const outcome = await session.save();
      if (outcome.kind !== 'stale') throw new Error('overwritten');
      await session.mergeAndSave(outcome.proposal, {});
      expect([taken(), registry.layout.title]).toEqual([7, 'Noon']);
    });

    it('is saved although its original is not to be seen any more', async () => {
      const session = await pulled();
      registry.withdrawn = true;
      session.undo();
      await session.save();
      expect([registry.layout.panels['p1']?.settings, taken(), session.state.dirty]).toEqual([{ sort: 'name' }, 7, false]);
    });

    it('is as it is saved once its changes are discarded', async () => {
      const session = await pulled();
      session.undo();
      session.revert();
      expect(session.state.dirty).toBe(false);
    });
  });

  it('hands undo and redo to the page that takes its place', async () => {
    const session = await open();
    for (const title of ['Noon', 'Evening', 'Night']) session.edit(titled(session.state.content, title), `Rename to ${title}`);
    session.undo();
    const next = await open();
    session.dispose();
    await next.resume(JSON.parse(JSON.stringify(session.carried)));
    expect([...local.values()].map(({ content }) => content.title)).toEqual(['Evening']);
    expect([next.state.content.title, next.state.undo, next.state.redo]).toEqual(['Evening', 'Rename to Evening', 'Rename to Night']);
    next.redo();
    expect(next.state.content.title).toBe('Night');
    for (let step = 0; step < 3; step++) next.undo();
    expect([next.state.content.title, next.state.dirty, next.state.undo]).toEqual(['Morning', false, null]);
  });

  it('hands them on also where everything is saved, unless somebody saved in between', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await session.save();
    const { carried } = session;
    const next = await open();
    await next.resume(carried);
    next.undo();
    expect([next.state.content.title, next.state.dirty]).toEqual(['Morning', true]);
    const other = await open();
    other.edit(titled(other.state.content, 'Night'), 'Rename');
    await other.save();
    const late = await open();
    await late.resume(carried);
    expect([late.state.content.title, late.state.undo]).toEqual(['Night', null]);
  });

  it('hands on the next steps only where there is no room for all, and the saved one where there is none', async () => {
    const session = await open();
    const long = (text: string): LayoutContent => sort(session.state.content, text.repeat(60_000));
    for (const text of ['a', 'b', 'c', 'd', 'e']) session.edit(long(text), `Sort by ${text}`);
    const next = await open();
    await next.resume(session.carried);
    for (const text of ['e', 'd', 'c']) {
      expect(next.state.undo).toBe(`Sort by ${text}`);
      next.undo();
    }
    expect(next.state.undo).toBeNull();
    session.edit(sort(session.state.content, 'f'.repeat(250_000)), 'Sort by f');
    session.edit(sort(session.state.content, 'g'), 'Sort by g');
    const last = await open();
    await last.resume(session.carried);
    expect(last.state.undo).toBe('Restore draft');
    last.undo();
    expect(last.state.dirty).toBe(false);
  });

  it('takes keystrokes that follow closely as one step', async () => {
    const session = await open();
    for (const text of ['p', 'pr', 'pri']) {
      session.changeSettings('p1', { sort: text });
      await clock.pass(200);
    }
    session.undo();
    expect(session.state.content.panels['p1']?.settings).toEqual({ sort: 'name' });
  });

  it('keeps a draft in the browser at once and on the server soon after', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    expect([...local.values()].map(({ content }) => content.title)).toEqual(['Evening']);
    expect(registry.kept).toBeNull();
    await clock.pass(1_500);
    expect(registry.kept?.content.title).toBe('Evening');
    expect(session.state.draft).toBe('kept');
  });

  it('keeps the draft in the browser while the server is out of reach', async () => {
    const session = await open();
    registry.online = false;
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await clock.pass(1_500);
    expect(session.state.draft).toBe('local');
    expect([...local.values()].map(({ content }) => content.title)).toEqual(['Evening']);
    registry.online = true;
    await clock.pass(5_000);
    expect(registry.kept?.content.title).toBe('Evening');
    expect(local.size).toBe(0);
  });

  it('lets go of the draft once everything is taken back', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await clock.pass(1_500);
    session.undo();
    await settled();
    expect([session.state.draft, registry.kept, local.size]).toEqual(['none', null, 0]);
  });

  it('offers what a crash left behind, and brings it back as an edit', async () => {
    const first = await open();
    first.edit(titled(first.state.content, 'Evening'), 'Rename');
    const second = await open();
    await second.offerDraft();
    expect(second.state.offered?.content.title).toBe('Evening');
    await second.restoreDraft();
    expect([second.state.content.title, second.state.dirty, second.state.offered]).toEqual(['Evening', true, null]);
  });

  it.each([0, 1_500])('loses nothing of what is offered and passed over (left %s ms after its last edit)', async (left) => {
    const first = await open();
    first.edit(titled(first.state.content, 'Evening'), 'Rename');
    await clock.pass(left);
    first.dispose();
    const second = await open();
    await second.offerDraft();
    second.edit(sort(second.state.content, 'price'), 'Change settings');
    expect([...local.values()].some(({ content }) => content.title === 'Evening') || registry.kept?.content.title === 'Evening').toBe(true);
    for (let i = 0; i < 3; i++) await clock.pass(1_500);
    for (const content of [registry.kept?.content, second.state.content])
      expect(content).toMatchObject({ title: 'Evening', panels: { p1: { settings: { sort: 'price' } } } });
    expect([second.state.offered, second.state.draft, local.size]).toEqual([null, 'kept', 0]);
  });

  it('offers it still when what was done instead is taken back, and takes it in when it is restored after an edit', async () => {
    const first = await open();
    first.edit(titled(first.state.content, 'Evening'), 'Rename');
    await clock.pass(1_500);
    const second = await open();
    await second.offerDraft();
    second.edit(sort(second.state.content, 'price'), 'Change settings');
    second.undo();
    await settled();
    expect([second.state.offered?.content.title, registry.kept?.content.title]).toEqual(['Evening', 'Evening']);
    second.redo();
    await second.restoreDraft();
    expect(second.state).toMatchObject({ offered: null, content: { title: 'Evening', panels: { p1: { settings: { sort: 'price' } } } } });
  });

  it.each([false, true])('discards what is offered, here and on the server, and nothing else (after an edit: %s)', async (edited) => {
    const first = await open();
    first.edit(titled(first.state.content, 'Noon'), 'Rename');
    await clock.pass(1_500);
    first.edit(titled(first.state.content, 'Evening'), 'Rename');
    first.dispose();
    const second = await open();
    await second.offerDraft();
    if (edited) second.edit(sort(second.state.content, 'price'), 'Change settings');
    second.discardDraft();
    await settled();
    expect([registry.kept, local.size, second.state.offered]).toEqual([null, edited ? 1 : 0, null]);
    for (let i = 0; i < 3; i++) await clock.pass(1_500);
    expect(second.state.content.title).toBe('Morning');
    expect(registry.kept?.content.panels['p1']?.settings).toEqual(edited ? { sort: 'price' } : undefined);
  });

  it('offers no draft that says what is saved anyway', async () => {
    registry.kept = { base: 1, content: start(), updatedAt: new Date(0).toISOString() };
    const session = await open();
    await session.offerDraft();
    expect(session.state.offered).toBeNull();
  });

  it('merges a draft that is older than what somebody saved since', async () => {
    registry.kept = { base: 1, content: titled(start(), 'Evening'), updatedAt: new Date(0).toISOString() };
    registry.saveAs('Robin', sort(start(), 'price'));
    const session = await open();
    await session.offerDraft();
    await session.restoreDraft();
    const outcome = await session.save();
    if (outcome.kind !== 'stale') throw new Error(`expected a merge, got ${outcome.kind}`);
    await session.mergeAndSave(outcome.proposal, {});
    expect(registry.layout.title).toBe('Evening');
    expect(registry.layout.panels['p1']?.settings).toEqual({ sort: 'price' });
  });

  describe('on two pages of one person', () => {
    const passed = async (times = 3) => {
      for (let i = 0; i < times; i++) await clock.pass(1_500);
    };
    const sorted = ({ panels }: Pick<Draft['content'], 'panels'>) => panels['p1']?.settings?.['sort'];
    const withNotes = (content: LayoutContent) => addPanel(content, 'p3', { widget: 'notes@stable' }, { at: 'end' });

    it('keeps what both edit: the second takes the first’s in, and nobody is asked', async () => {
      const [one, other] = [await open(), await open()];
      one.edit(sort(one.state.content, 'price'), 'Change settings');
      await passed();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      for (const content of [registry.kept?.content ?? start(), other.state.content])
        expect([sorted(content), Object.keys(content.panels)]).toEqual(['price', ['p1', 'p2', 'p3']]);
      // As one edit, which undo takes back.
      expect(other.state.undo).toBe('Take in edits of another page');
      expect((await other.save()).kind).toBe('saved');
      expect([sorted(contentOf(registry.layout)), registry.layout.panels['p3']?.widget]).toEqual(['price', 'notes@stable']);
      expect(notices).toEqual([]);
    });

    it('goes on between both for as long as they edit, and takes back what one of them takes back', async () => {
      const [one, other] = [await open(), await open()];
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      await passed();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      one.edit(sort(one.state.content, 'price'), 'Change settings');
      await passed();
      expect(Object.keys(one.state.content.panels)).toEqual(['p1', 'p2', 'p3']);
      other.edit(removePanel(other.state.content, 'p3'), 'Close');
      await passed();
      one.edit(titled(one.state.content, 'Night'), 'Rename');
      await passed();
      const { content } = one.state;
      expect([content.title, sorted(content), Object.keys(content.panels)]).toEqual(['Night', 'price', ['p1', 'p2']]);
      expect(registry.kept?.content).toMatchObject({ title: 'Night', panels: { p1: { settings: { sort: 'price' } } } });
    });

    it('takes in what was offered and passed over, and goes on with it on the page that it is of', async () => {
      const one = await open();
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      await passed();
      const other = await open();
      await other.offerDraft();
      expect(other.state.offered?.content.title).toBe('Evening');
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      for (const content of [registry.kept?.content ?? start(), other.state.content])
        expect([content.title, Object.keys(content.panels)]).toEqual(['Evening', ['p1', 'p2', 'p3']]);
      expect([other.state.offered, other.state.draft, other.state.undo]).toEqual([null, 'kept', 'Take in edits of another page']);
      one.edit(sort(one.state.content, 'price'), 'Change settings');
      await passed();
      expect([registry.kept?.content.title, Object.keys(registry.kept?.content.panels ?? {})]).toEqual(['Evening', ['p1', 'p2', 'p3']]);
      expect([one.state.content.title, sorted(one.state.content)]).toEqual(['Evening', 'price']);
    });

    it('takes in what the other page kept after it was offered, without what was taken back there', async () => {
      const one = await open();
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      await passed();
      const other = await open();
      await other.offerDraft();
      one.edit(sort(titled(one.state.content, 'Morning'), 'price'), 'Change settings');
      await passed();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      const { content } = other.state;
      expect([content.title, sorted(content), Object.keys(content.panels)]).toEqual(['Morning', 'price', ['p1', 'p2', 'p3']]);
    });

    it('keeps its own where both changed the same', async () => {
      const one = await open();
      one.edit(sort(titled(one.state.content, 'Evening'), 'price'), 'Change settings');
      await passed();
      const other = await open();
      await other.offerDraft();
      other.edit(sort(other.state.content, 'volume'), 'Change settings');
      await passed();
      expect([other.state.content.title, sorted(other.state.content)]).toEqual(['Evening', 'volume']);
    });

    it.each([true, false])('overwrites no copy in this browser while nobody answers (both pages still open: %s)', async (still) => {
      const [one, other] = [await open(), await open()];
      registry.online = false;
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      other.edit(sort(other.state.content, 'price'), 'Change settings');
      await passed();
      if (!still) for (const session of [one, other]) session.dispose();
      const third = openSeen({ layout: registry.layout, mayEdit: true, mine: null, upstream: null, resolution: [] });
      await third.offerDraft();
      third.edit(withNotes(third.state.content), 'Add');
      await passed();
      const { content } = third.state;
      expect([content.title, sorted(content), Object.keys(content.panels)]).toEqual(['Evening', 'price', ['p1', 'p2', 'p3']]);
      registry.online = true;
      for (let i = 0; i < 5; i++) await clock.pass(5_000);
      expect(registry.kept?.content).toMatchObject({ title: 'Evening', panels: { p1: { settings: { sort: 'price' } }, p3: {} } });
      expect([third.state.offered, local.size]).toEqual([null, 0]);
    });

    it('leaves the draft of the other page alone when one is saved or given up', async () => {
      const [one, other] = [await open(), await open()];
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      await passed();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      // Behind what the other has kept.
      one.undo();
      await settled();
      expect(Object.keys(registry.kept?.content.panels ?? {})).toEqual(['p1', 'p2', 'p3']);
      one.edit(sort(one.state.content, 'price'), 'Change settings');
      await passed();
      await other.save();
      await settled();
      one.edit(sort(one.state.content, 'volume'), 'Change settings');
      await passed();
      expect(sorted(registry.kept?.content ?? start())).toBe('volume');
    });

    it('merges drafts that began from different revisions', async () => {
      const one = await open();
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      await passed();
      registry.saveAs('Robin', sort(start(), 'price'));
      const other = await open();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      const { content, dirty } = other.state;
      expect([content.title, sorted(content), Object.keys(content.panels), dirty]).toEqual(['Evening', 'price', ['p1', 'p2', 'p3'], true]);
      one.edit(titled(one.state.content, 'Night'), 'Rename');
      await passed();
      expect([sorted(one.state.content), Object.keys(one.state.content.panels)]).toEqual(['price', ['p1', 'p2', 'p3']]);
      const outcome = await one.save();
      if (outcome.kind !== 'stale') throw new Error(`expected a merge, got ${outcome.kind}`);
      expect(outcome.proposal.merged.conflicts).toEqual([]);
    });

    it('goes on by itself once the server can be reached again', async () => {
      const [one, other] = [await open(), await open()];
      one.edit(titled(one.state.content, 'Evening'), 'Rename');
      registry.online = false;
      await passed();
      other.edit(withNotes(other.state.content), 'Add');
      await passed();
      registry.online = true;
      for (let i = 0; i < 5; i++) await clock.pass(5_000);
      expect([registry.kept?.content.title, Object.keys(registry.kept?.content.panels ?? {})]).toEqual(['Evening', ['p1', 'p2', 'p3']]);
    });
  });

  it('saves, and lets go of the draft', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await clock.pass(1_500);
    expect((await session.save()).kind).toBe('saved');
    await settled();
    expect([session.state.dirty, session.state.layout.revision, registry.kept, local.size]).toEqual([false, 2, null, 0]);
  });

  it('keeps what was edited while the save was under way', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    const saving = session.save();
    session.edit(titled(session.state.content, 'Night'), 'Rename');
    await saving;
    expect([registry.layout.title, session.state.content.title, session.state.dirty]).toEqual(['Evening', 'Night', true]);
  });

  it('saves what was edited while a save was under way, for whoever asks for that meanwhile', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    const first = session.save();
    session.edit(titled(session.state.content, 'Night'), 'Rename');
    expect([(await session.save()).kind, (await first).kind]).toEqual(['saved', 'saved']);
    expect([registry.layout.title, registry.layout.revision, session.state.dirty]).toEqual(['Night', 3, false]);
  });

  it('saves once for whoever asks twice', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    expect((await Promise.all([session.save(), session.save()])).map(({ kind }) => kind)).toEqual(['saved', 'unchanged']);
    expect(registry.layout.revision).toBe(2);
  });

  it('offers a merge when somebody saved in between, and loses nothing', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Robin', sort(start(), 'price'));
    const outcome = await session.save();
    if (outcome.kind !== 'stale') throw new Error(`expected a merge, got ${outcome.kind}`);
    expect(outcome.proposal.merged.conflicts).toEqual([]);
    expect(outcome.proposal.changes.map(({ path }) => path)).toEqual(['panels/p1/settings/sort']);
    expect((await session.mergeAndSave(outcome.proposal, {}, 'For the late shift')).kind).toBe('saved');
    expect([registry.layout.title, registry.layout.panels['p1']?.settings]).toEqual(['Evening', { sort: 'price' }]);
    expect(registry.layout.message).toBe('For the late shift');
  });

  it.each(['mine', 'theirs'] as const)('asks where both changed the same, and keeps %s', async (side) => {
    const session = await open();
    session.edit(sort(session.state.content, 'volume'), 'Change settings');
    registry.saveAs('Robin', sort(start(), 'price'));
    const outcome = await session.save();
    if (outcome.kind !== 'stale') throw new Error(`expected a merge, got ${outcome.kind}`);
    const [conflict] = outcome.proposal.merged.conflicts;
    expect(conflict).toMatchObject({ mine: 'volume', theirs: 'price', base: 'name' });
    await session.mergeAndSave(outcome.proposal, { [conflict?.path ?? '']: side });
    expect(registry.layout.panels['p1']?.settings).toEqual({ sort: side === 'mine' ? 'volume' : 'price' });
    expect(session.state.dirty).toBe(false);
  });

  it('offers another merge when somebody is faster again', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Robin', sort(start(), 'price'));
    const first = await session.save();
    if (first.kind !== 'stale') throw new Error(`expected a merge, got ${first.kind}`);
    registry.saveAs('Dana', sort(start(), 'volume'));
    const second = await session.mergeAndSave(first.proposal, {});
    expect(second.kind === 'stale' ? second.proposal.theirs.updatedByName : second.kind).toBe('Dana');
    expect(session.state.content.title).toBe('Evening');
  });

  it('leaves everything as it is when the server is out of reach', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.online = false;
    await expect(session.save()).rejects.toMatchObject({ code: 'unreachable' });
    expect([session.state.dirty, session.state.saving, session.state.content.title]).toEqual([true, false, 'Evening']);
  });

  it('shows what somebody else saved at once while nothing is unsaved here', async () => {
    const session = await open();
    registry.saveAs('Robin', sort(start(), 'price'));
    await session.changed(2, false);
    expect(session.state.content.panels['p1']?.settings).toEqual({ sort: 'price' });
    expect([session.state.dirty, notices]).toEqual([false, [{ kind: 'reloaded', by: 'Robin' }]]);
  });

  it('only tells about it while something is unsaved here', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Robin', sort(start(), 'price'));
    await session.changed(2, false);
    expect(session.state.content.title).toBe('Evening');
    expect(session.state.newer).toEqual({ revision: 2, by: 'Robin', quiet: false });
    expect(notices).toEqual([{ kind: 'newer', by: 'Robin' }]);
  });

  it('makes nothing of what oneself saved on another page while neither touches the other', async () => {
    const idle = await open();
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Alex', sort(start(), 'price'));
    await Promise.all([idle.changed(2, false), session.changed(2, false)]);
    expect(idle.state.content.panels['p1']?.settings).toEqual({ sort: 'price' });
    expect([session.state.newer, notices]).toEqual([{ revision: 2, by: null, quiet: true }, []]);
    session.undo();
    await settled();
    expect([session.state.content.panels['p1']?.settings, notices]).toEqual([{ sort: 'price' }, []]);
  });

  it('says that it was oneself, on another page, where both changed the same', async () => {
    const session = await open();
    session.edit(sort(session.state.content, 'volume'), 'Change settings');
    registry.saveAs('Alex', sort(start(), 'price'));
    await session.changed(2, false);
    expect(session.state.newer).toEqual({ revision: 2, by: null, quiet: false });
    expect(notices).toEqual([{ kind: 'newer', by: null }]);
  });

  it('catches up once the changes here are given up', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Robin', sort(start(), 'price'));
    await session.changed(2, false);
    session.undo();
    await settled();
    expect(session.state.content.panels['p1']?.settings).toEqual({ sort: 'price' });
    expect(session.state.layout.revision).toBe(2);
  });

  it('takes no notice of its own save coming back on the stream', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    const saving = session.save();
    await session.changed(2, false);
    await saving;
    await session.changed(2, false);
    expect(notices).toEqual([]);
    expect(registry.asked.filter((call) => call === 'load')).toHaveLength(1);
  });

  it('keeps a viewer’s own settings apart from the layout, and takes them back', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    session.changeMine('p1', { density: 'compact' });
    expect([session.state.dirty, session.state.mine]).toEqual([
      false,
      { panels: { p1: { settings: { sort: 'price', density: 'compact' } } } },
    ]);
    await clock.pass(800);
    expect(registry.mine).toEqual(session.state.mine);
    await session.resetMine();
    expect([session.state.mine, registry.mine]).toEqual([null, null]);
  });

  it('sends what was set here and no more: what another page has set stays, and is shown', async () => {
    const [one, other] = [await open(), await open()];
    one.changeMine('p1', { sort: 'price' });
    other.changeMine('p1', { density: 'compact' });
    other.changeMine('p2', { days: 30 });
    await clock.pass(800);
    const all = { panels: { p1: { settings: { sort: 'price', density: 'compact' } }, p2: { settings: { days: 30 } } } };
    expect(registry.mine).toEqual(all);
    expect(other.state.mine).toEqual(all);
    one.changeMine('p1', { sort: 'volume' });
    await clock.pass(800);
    expect([registry.mine?.panels['p1'], one.state.mine?.panels['p2']]).toEqual([
      { settings: { sort: 'volume', density: 'compact' } },
      { settings: { days: 30 } },
    ]);
  });

  it('keeps what it could not send beside what is set after it, and sends both once it can', async () => {
    const session = await open();
    registry.online = false;
    session.changeMine('p1', { sort: 'price', density: 'compact' });
    await clock.pass(800);
    registry.mine = { panels: { p1: { settings: { columns: ['name'] } } } };
    session.changeMine('p1', { sort: 'volume' });
    registry.online = true;
    await clock.pass(5_000);
    expect(registry.mine).toEqual({ panels: { p1: { settings: { columns: ['name'], sort: 'volume', density: 'compact' } } } });
  });

  it('sends nothing more after its settings were taken back', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    registry.online = false;
    await clock.pass(800);
    registry.online = true;
    await session.resetMine();
    await clock.pass(5_000);
    expect([registry.mine, session.state.mine]).toEqual([null, null]);
  });

  it('keeps what is set while its settings are being taken back', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    await clock.pass(800);
    const taken = session.resetMine();
    session.changeMine('p1', { density: 'compact' });
    await taken;
    await clock.pass(800);
    const since = { panels: { p1: { settings: { density: 'compact' } } } };
    expect([session.state.mine, registry.mine]).toEqual([since, since]);
  });

  it('keeps everything where its settings cannot be taken back, and sends it once it can', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    registry.online = false;
    await expect(session.resetMine()).rejects.toMatchObject({ code: 'unreachable' });
    registry.online = true;
    await clock.pass(800);
    const all = { panels: { p1: { settings: { sort: 'price' } } } };
    expect([session.state.mine, registry.mine]).toEqual([all, all]);
  });

  it('sends a viewer’s own settings when the page goes away before they were sent', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    session.leave();
    expect(registry.mine).toEqual({ panels: { p1: { settings: { sort: 'price' } } } });
  });

  it('has a viewer’s own settings and filters after a reload while nobody answers, and sends the settings once somebody does', async () => {
    const answer = await registry.load();
    const before = await open();
    registry.online = false;
    before.changeMine('p1', { sort: 'price' });
    before.setLocalFilter({ type: 'fdc3.timeRange', startTime: 'a', endTime: 'b' });
    before.leave();
    const after = openSeen(answer);
    expect(after.state.mine).toEqual({ panels: { p1: { settings: { sort: 'price' } } } });
    expect(after.state.filters).toEqual([{ context: { type: 'fdc3.timeRange', startTime: 'a', endTime: 'b' } }]);
    await clock.pass(800);
    registry.online = true;
    registry.mine = { panels: { p1: { settings: { density: 'compact' } } } };
    await clock.pass(5_000);
    expect(registry.mine).toEqual({ panels: { p1: { settings: { sort: 'price', density: 'compact' } } } });
    expect(Object.keys(storage)).toEqual([]);
    // Another reload begins with the layout's own filters, as ever.
    expect([(await open()).state.filters, Object.keys(tab)]).toEqual([null, []]);
  });

  it('sends nothing of another page that was set anew or sent there since, and nothing from days ago', async () => {
    const one = await open();
    registry.online = false;
    one.changeMine('p1', { sort: 'price', density: 'compact' });
    const other = await open().catch(() =>
      openSeen({ layout: registry.layout, mayEdit: true, mine: null, upstream: null, resolution: [] }),
    );
    one.changeMine('p1', { sort: 'volume' });
    registry.online = true;
    await one.leave();
    await settled();
    registry.mine = { panels: { p1: { settings: { sort: 'name', density: 'wide' } } } };
    await clock.pass(800);
    expect(registry.mine).toEqual({ panels: { p1: { settings: { sort: 'name', density: 'wide' } } } });
    other.dispose();

    registry.online = false;
    one.changeMine('p1', { sort: 'price' });
    await clock.pass(25 * 3_600_000);
    expect(openSeen({ layout: registry.layout, mayEdit: true, mine: null, upstream: null, resolution: [] }).state.mine).toBeNull();
  });

  it('makes a viewer’s own settings everybody’s when asked to', async () => {
    const session = await open();
    session.changeMine('p1', { sort: 'price' });
    await session.foldMineIn();
    expect(session.state.content.panels['p1']?.settings).toEqual({ sort: 'price' });
    expect([session.state.dirty, session.state.mine]).toEqual([true, null]);
  });

  it('shows a viewer’s filter without calling it an unsaved change', async () => {
    const session = await open();
    session.setLocalFilter({ type: 'fdc3.timeRange', startTime: 'a', endTime: 'b' });
    expect(session.state.filters).toEqual([{ context: { type: 'fdc3.timeRange', startTime: 'a', endTime: 'b' } }]);
    expect(session.state.dirty).toBe(false);
  });

  it('copies the filters that a viewer has set as well', async () => {
    const session = await open();
    session.setLocalFilter({ type: 'fdc3.timeRange', startTime: 'a', endTime: 'b' });
    expect((await session.saveAsMine()).filters).toEqual(session.state.filters);
  });

  it('copies what is on the screen, and what is unsaved stays unsaved here', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    const copy = await session.saveAsMine('Evening of my own');
    expect([copy.id, copy.title]).toEqual(['cloned-000', 'Evening of my own']);
    expect([session.state.dirty, session.state.content.title, session.state.undo]).toEqual([true, 'Evening', 'Rename']);
  });

  it('takes one edit back: by undo while it is the last, beside what came after it otherwise', async () => {
    const session = await open();
    const before = session.state.content;
    session.edit(removePanel(before, 'p2'), 'Close Chart');
    const after = session.state.content;
    await session.takeBack('Close Chart', before, after);
    expect([session.state.dirty, session.state.redo, Object.keys(session.state.content.panels)]).toEqual([
      false,
      'Close Chart',
      ['p1', 'p2'],
    ]);

    session.redo();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await session.takeBack('Close Chart', before, after);
    expect([session.state.content.title, session.state.undo]).toEqual(['Evening', 'Undo: Close Chart']);
    expect(session.state.content.panels['p2']).toEqual(before.panels['p2']);
  });

  it('can still be copied when somebody has deleted it', async () => {
    const session = await open();
    await session.changed(0, true);
    expect([session.state.gone, notices]).toEqual(['deleted', [{ kind: 'deleted' }]]);
    expect((await session.saveAsMine()).id).toBe('created-00');
  });

  it('is there again once somebody restores it, with what was unsaved', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    await session.changed(1, true);
    // Out of the bin it has the revision that it had.
    await session.changed(1, false);
    expect([session.state.gone, session.state.dirty, notices]).toEqual([null, true, [{ kind: 'deleted' }]]);
    expect(await session.save()).toMatchObject({ kind: 'saved', layout: { title: 'Evening' } });
  });

  it('says that it is in the bin where the page has missed that', async () => {
    const session = await open();
    registry.binned = true;
    await session.refresh();
    expect([session.state.gone, notices]).toEqual(['deleted', [{ kind: 'deleted' }]]);
  });

  it('takes a change of sharing in at once, merges nothing and loses nothing', async () => {
    const session = await open();
    session.edit(titled(session.state.content, 'Evening'), 'Rename');
    registry.saveAs('Dana', { ...contentOf(registry.layout), visibility: 'company' });
    await session.changed(2, false);
    expect([session.state.newer, session.state.dirty, session.state.content.visibility, notices]).toEqual([null, true, 'company', []]);
    session.undo();
    expect([session.state.dirty, session.state.content.visibility]).toEqual([false, 'company']);
    session.redo();
    expect(await session.save()).toMatchObject({ kind: 'saved', layout: { title: 'Evening', visibility: 'company', revision: 3 } });
  });

  it('merges what somebody edited while another one shared it, and keeps what is shared now', async () => {
    const session = await open();
    session.edit(setSettings(session.state.content, 'p1', { sort: 'last' }), 'Change settings');
    registry.saveAs('Dana', { ...titled(contentOf(registry.layout), 'Noon'), visibility: 'company' });
    const stale = await session.save();
    if (stale.kind !== 'stale') throw new Error(stale.kind);
    expect(await session.mergeAndSave(stale.proposal, {})).toMatchObject({
      kind: 'saved',
      layout: { title: 'Noon', visibility: 'company', panels: { p1: { settings: { sort: 'last' } } } },
    });
  });

  it('says that it is not shared any more, or may be edited from now on', async () => {
    const session = await open();
    registry.mayEdit = false;
    await session.refresh();
    registry.mayEdit = true;
    await session.refresh();
    registry.hidden = true;
    await session.refresh();
    await session.refresh();
    expect(session.state.gone).toBe('withdrawn');
    expect(notices).toEqual([{ kind: 'rights', mayEdit: false }, { kind: 'rights', mayEdit: true }, { kind: 'withdrawn' }]);
  });

  it('compares with the whole of what is saved', async () => {
    const session = await open();
    expect(contentOf(registry.layout)).toEqual(session.state.content);
  });
});
