/** What golden-layout does while it makes its parts. */
import { afterEach, expect, it, vi } from 'vitest';
import { openWorkspace, split, stack } from '../../testing/workspaces';

afterEach(() => vi.restoreAllMocks());

/** How often it listens on the page, and how often somebody looks whose code did, for so many stacks. */
async function loading(stacks: number): Promise<{ listened: number; looked: number }> {
  const listens = vi.spyOn(EventTarget.prototype, 'addEventListener');
  const looks = vi.spyOn(Error, 'captureStackTrace');
  const names = Array.from({ length: stacks }, (_, at) => `l${stacks}-${at}`);
  await openWorkspace(split('row', ...names.map((name) => stack(name))), { mode: 'edit' });
  const listened = listens.mock.contexts.filter((target, at) => target === document && listens.mock.calls[at]?.[0] === 'mouseup').length;
  const looked = looks.mock.calls.filter(([, guard]) => guard?.name === 'guard').length;
  vi.restoreAllMocks();
  return { listened, looked };
}

it('listens on the page for each stack, and nobody looks whether a widget did', async () => {
  // What the page guards it guards from the first workspace on.
  await openWorkspace(stack('first'), { mode: 'edit' });
  const [few, many] = [await loading(2), await loading(12)];
  expect([few.listened, many.listened]).toEqual([2, 12]);
  expect(many.looked).toBe(few.looked);
});
