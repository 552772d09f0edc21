/** What a layout session has around it, for tests: the registry's rules about one layout, time, and this browser's drafts. */
import type { Draft, Layout, LayoutAnswer, LayoutContent, Overlay } from '@datamesh/contracts';
import { overlaid } from '@datamesh/layout';
import { ApiProblem } from '../../api/problem';
import { localMine } from '../local-mine';
import type { Clock, Edited, LayoutCalls, LocalDraft, LocalDrafts, LocalMine } from '../ports';

export const ME = 'Alex';

/** The registry's rules about one layout, and a switch for the network. */
export class Registry implements LayoutCalls {
  layout: Layout;
  kept: Draft | null = null;
  mine: Overlay | null = null;
  mayEdit = true;
  hidden = false;
  binned = false;
  online = true;
  #taken: number | null = null;
  /** Its original is not to be seen any more. */
  withdrawn = false;
  readonly revisions = new Map<number, Layout>();
  readonly asked: string[] = [];

  constructor(content: LayoutContent) {
    this.layout = this.#next(content, 1, ME);
  }

  /** The layout is a copy, made of that revision of its original. */
  copyOf(revision: number): void {
    this.#taken = revision;
    this.layout = this.#next(this.layout, this.layout.revision, ME);
  }

  /** Somebody else saves. */
  saveAs(name: string, content: LayoutContent): void {
    this.layout = this.#next(content, this.layout.revision + 1, name);
  }

  async load(): Promise<LayoutAnswer> {
    this.#reach('load');
    const binned = { title: 'Morning', at: '', until: '', byName: ME, mayRestore: true };
    if (this.binned) throw new ApiProblem({ status: 410, code: 'layout_binned', binned });
    if (this.hidden) throw new ApiProblem({ status: 404, code: 'layout_unknown' });
    return { layout: this.layout, mayEdit: this.mayEdit, mine: this.mine, upstream: null, resolution: [] };
  }

  async revision(_id: string, revision: number): Promise<Layout> {
    this.#reach('revision');
    const layout = this.revisions.get(revision);
    if (!layout) throw new ApiProblem({ status: 404, code: 'revision_unknown' });
    return layout;
  }

  async save(_id: string, content: LayoutContent, revision: number, message?: string): Promise<Layout> {
    this.#reach('save');
    if (revision !== this.layout.revision) throw new ApiProblem({ status: 412, code: 'revision_stale', current: this.layout });
    this.layout = { ...this.#next(content, revision + 1, ME), ...(message === undefined ? {} : { message }) };
    return this.layout;
  }

  async pull(id: string, content: LayoutContent, revision: number, taken: number, message?: string): Promise<Layout> {
    if (this.withdrawn) throw new ApiProblem({ status: 404, code: 'upstream_unknown' });
    this.#taken = taken;
    return this.save(id, { ...content, title: this.layout.title }, revision, message);
  }

  async create(content: LayoutContent): Promise<Layout> {
    this.#reach('create');
    return { ...this.layout, ...content, id: 'created-00', revision: 1 };
  }

  async clone(_id: string, body: { title?: string; content?: LayoutContent }): Promise<Layout> {
    this.#reach('clone');
    return { ...this.layout, ...(body.content ?? {}), title: body.title ?? this.layout.title, id: 'cloned-000', revision: 1 };
  }

  async remove(): Promise<void> {
    this.#reach('remove');
  }

  async draft(): Promise<Draft | null> {
    this.#reach('draft');
    return this.kept;
  }

  async putDraft(_id: string, { base, content, taken, line }: Edited & Pick<Draft, 'line'>, tag: string | null): Promise<string> {
    this.#reach('putDraft');
    this.#compare(tag);
    const next = `tag-${++this.#tags}`;
    this.kept = {
      base,
      content,
      ...(taken === undefined ? {} : { taken }),
      ...(line === undefined ? {} : { line }),
      updatedAt: new Date(0).toISOString(),
      tag: next,
    };
    return next;
  }

  async removeDraft(_id: string, tag: string): Promise<void> {
    this.#reach('removeDraft');
    if (this.kept) this.#compare(tag);
    this.kept = null;
  }

  #tags = 0;
  #compare(tag: string | null): void {
    if ((this.kept ? (this.kept.tag ?? '') : null) !== tag) throw new ApiProblem({ status: 412, code: 'draft_stale' });
  }

  async changeMine(_id: string, change: Overlay): Promise<Overlay> {
    this.#reach('changeMine');
    this.mine = overlaid(this.mine, change, () => true);
    return this.mine;
  }

  async removeMine(): Promise<void> {
    this.#reach('removeMine');
    this.mine = null;
  }

  #reach(call: string): void {
    this.asked.push(call);
    if (!this.online) throw new ApiProblem({ status: 0, code: 'unreachable' });
  }

  #next(content: LayoutContent, revision: number, by: string): Layout {
    const layout: Layout = {
      ...content,
      id: 'layout-0001',
      owner: 'user:alex',
      revision,
      forkedFrom: this.#taken === null ? null : { layout: 'original-1', revision: this.#taken },
      updatedAt: new Date(revision).toISOString(),
      updatedBy: `user:${by.toLowerCase()}`,
      updatedByName: by,
    };
    this.revisions.set(revision, layout);
    return layout;
  }
}

/** Time that passes when a test says so. */
export class TestClock implements Clock {
  #now = 1_000_000;
  #due: { at: number; run(): void }[] = [];

  now(): number {
    return this.#now;
  }

  schedule(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.#now + milliseconds, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#due.filter(({ at }) => at <= this.#now);
    this.#due = this.#due.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
    await settled();
  }
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Of one layout: by page. */
export function testDrafts(local: Map<string, LocalDraft>): LocalDrafts {
  return {
    read: () => [...local.values()],
    write: (_id, draft) => void local.set(draft.page, draft),
    remove: (_id, page) => void local.delete(page),
  };
}

/** The browser's own storage, as far as it is used, in a map: entries are its own names, as `Object.keys` of the real one says. */
export function testStorage(): Storage {
  const storage = {} as Record<string, string>;
  const call = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(storage, {
    getItem: call((key: string) => (Object.hasOwn(storage, key) ? storage[key] : null)),
    setItem: call((key: string, value: string) => {
      storage[key] = value;
    }),
    removeItem: call((key: string) => {
      delete storage[key];
    }),
  }) as unknown as Storage;
}

export const testMine = (clock: Clock, storage = testStorage(), tab = testStorage()): LocalMine =>
  localMine('alex', storage, tab, () => clock.now());
