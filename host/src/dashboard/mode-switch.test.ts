import { describe, expect, it } from 'vitest';
import type { Mode } from '../workspace/types';
import { ModeSwitch } from './mode-switch';

/** The workspace, whose editor comes when the test says so. */
function around() {
  const downloads: { arrive(): void; fail(): void }[] = [];
  const seen: Mode[] = [];
  let stands: Mode = 'view';
  const modes = new ModeSwitch(
    async (mode) => {
      if (mode === 'edit') await new Promise<void>((arrive, fail) => downloads.push({ arrive, fail: () => fail(new Error('offline')) }));
      stands = mode;
    },
    () => seen.push(modes.mode),
  );
  return { modes, downloads, seen, stands: () => stands };
}

describe('ModeSwitch', () => {
  it('does what was asked for last, also where that was asked while it was switching', async () => {
    const { modes, downloads, stands } = around();
    const all = [modes.set('edit'), modes.set('view')];
    downloads[0]?.arrive();
    await Promise.all(all);
    expect([modes.mode, stands(), modes.store.getSnapshot().switching]).toEqual(['view', 'view', false]);
  });

  it('lets everybody who asks for the same wait until it is there', async () => {
    const { modes, downloads, seen } = around();
    const first = modes.set('edit');
    const second = modes.set('edit').then(() => modes.mode);
    downloads[0]?.arrive();
    expect(await second).toBe('edit');
    await first;
    expect([seen, downloads.length]).toEqual([['edit'], 1]);
  });

  it('goes back as soon as it has come where that was asked for by whoever heard of it', async () => {
    const { modes, downloads } = around();
    modes.store.subscribe(() => {
      const { mode, switching } = modes.store.getSnapshot();
      if (mode === 'edit' && !switching) void modes.set('view');
    });
    const switched = modes.set('edit');
    downloads[0]?.arrive();
    await switched;
    await expect.poll(() => modes.mode).toBe('view');
  });

  it('says that it failed to whoever wants it still, and can be asked again', async () => {
    const { modes, downloads } = around();
    const first = modes.set('edit');
    downloads[0]?.fail();
    await expect(first).rejects.toThrow('offline');
    expect([modes.mode, modes.wanted, modes.store.getSnapshot().switching]).toEqual(['view', 'view', false]);
    const again = modes.set('edit');
    downloads[1]?.arrive();
    await again;
    expect(modes.mode).toBe('edit');
  });

  it('says nothing of a failure that nobody wants any more', async () => {
    const { modes, downloads } = around();
    const all = [modes.set('edit'), modes.set('view')];
    downloads[0]?.fail();
    await Promise.all(all);
    expect(modes.mode).toBe('view');
  });

  it('asked for what it is, and then for another in the same moment, does the other', async () => {
    const { modes, downloads } = around();
    const all = [modes.set('view'), modes.set('edit')];
    downloads[0]?.arrive();
    await Promise.all(all);
    expect(modes.mode).toBe('edit');
  });
});
