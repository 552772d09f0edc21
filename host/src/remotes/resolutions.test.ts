import { describe, expect, it, vi } from 'vitest';
import type { Resolution, ResolutionItem } from './resolution';
import { Resolutions } from './resolutions';

const good = (spec: string, version: string): Resolution => {
  const name = spec.replace(/@.*/, '');
  return {
    spec,
    name,
    version,
    base: `/remotes/${name}/${version}/`,
    entry: 'dist/remoteEntry.mjs',
    expose: './widget',
    integrity: {},
    widget: { name, title: name, description: name, publisher: 'team', expose: './widget' },
    notices: [],
  };
};
const bad = (spec: string): ResolutionItem => ({ spec, error: { code: 'version_yanked', detail: 'withdrawn' } });
const moved = (name: string) => ({ type: 'widgets.active-changed' as const, data: { name } });

describe('resolutions', () => {
  it('ask once for everything that is wanted in the same moment, and never twice', async () => {
    const ask = vi.fn(async (specs: string[]) => specs.map((spec) => good(spec, '1.0.0')));
    const resolutions = new Resolutions({ ask });
    await Promise.all([resolutions.get('a-table@stable'), resolutions.get('a-chart@stable'), resolutions.get('a-table@stable')]);
    await resolutions.get('a-chart@stable');
    expect(ask.mock.calls).toEqual([[['a-table@stable', 'a-chart@stable']]]);
  });

  it('ask for no more at once than the contract allows', async () => {
    const ask = vi.fn(async (specs: string[]) => specs.map((spec) => good(spec, '1.0.0')));
    const resolutions = new Resolutions({ ask });
    await Promise.all(Array.from({ length: 450 }, (_, i) => resolutions.get(`widget-${i}@stable`)));
    expect(ask.mock.calls.map(([specs]) => specs.length)).toEqual([200, 200, 50]);
  });

  it('take answers that came with a layout, without asking', async () => {
    const ask = vi.fn(async () => []);
    const resolutions = new Resolutions({ ask });
    resolutions.prime([good('a-table@stable', '1.2.0')]);
    expect((await resolutions.get('a-table@stable')).version).toBe('1.2.0');
    expect(ask).not.toHaveBeenCalled();
  });

  it('say what a widget is called, as far as it is known', async () => {
    const withdrawn: ResolutionItem = { ...bad('a-chart@stable'), title: 'Chart' };
    const resolutions = new Resolutions({ ask: async () => [withdrawn] });
    resolutions.prime([good('a-table@stable', '1.2.0')]);
    await resolutions.get('a-chart@stable').catch(() => undefined);
    expect(['a-table', 'a-chart', 'a-map'].map((name) => resolutions.titleOf(`${name}@stable`))).toEqual(['a-table', 'Chart', 'a-map']);
  });

  it('say why there is none, as a code of the registry', async () => {
    const resolutions = new Resolutions({ ask: async (specs) => specs.map(bad) });
    await expect(resolutions.get('a-table@1.0.0')).rejects.toMatchObject({ stage: 'resolve', reason: 'version_yanked' });
  });

  it('do not remember that the registry was down', async () => {
    const ask = vi
      .fn(async (specs: string[]): Promise<ResolutionItem[]> => specs.map((spec) => good(spec, '1.0.0')))
      .mockRejectedValueOnce(new Error('down'));
    const resolutions = new Resolutions({ ask });
    await expect(resolutions.get('a-table@stable')).rejects.toMatchObject({ reason: 'unavailable' });
    await expect(resolutions.get('a-table@stable')).resolves.toMatchObject({ version: '1.0.0' });
  });

  it('tell when a channel moved, for the specs that follow it and no other', async () => {
    const asked: string[][] = [];
    const resolutions = new Resolutions({
      ask: async (specs) => {
        asked.push(specs);
        return specs.map((spec) => good(spec, '2.0.0'));
      },
    });
    const follows = ['a-table@stable', 'a-table@^1.0'];
    resolutions.prime([...follows, 'a-table@1.0.0', 'a-chart@stable'].map((spec) => good(spec, '1.0.0')));
    const changed: string[] = [];
    resolutions.onChange((spec) => changed.push(spec));
    resolutions.apply(moved('a-table'));
    await expect.poll(() => changed).toEqual(follows);
    expect(asked).toEqual([follows]);
  });

  it('ask for pinned versions too when one was yanked', async () => {
    const resolutions = new Resolutions({ ask: async (specs) => specs.map(bad) });
    resolutions.prime([good('a-table@1.0.0', '1.0.0')]);
    const changed = vi.fn();
    resolutions.onChange(changed);
    resolutions.apply({ type: 'widgets.yanked', data: { name: 'a-table', version: '1.0.0' } });
    await expect.poll(() => changed).toHaveBeenCalledWith('a-table@1.0.0');
    await expect(resolutions.get('a-table@1.0.0')).rejects.toMatchObject({ reason: 'version_yanked' });
  });

  it('tell that a version which runs was withdrawn, also where nobody pinned it, and for as long as it runs', async () => {
    const ask = vi.fn(async (specs: string[]) => specs.map((spec) => (spec.endsWith('@1.0.0') ? bad(spec) : good(spec, '0.9.0'))));
    const resolutions = new Resolutions({ ask });
    const running = good('a-table@stable', '1.0.0');
    resolutions.prime([running]);
    const stops = [resolutions.watch(running), resolutions.watch(running)];
    const changed: string[] = [];
    resolutions.onChange((spec) => changed.push(spec));
    stops[0]?.();
    resolutions.refresh();
    await expect.poll(() => changed).toEqual(['a-table@stable', 'a-table@1.0.0']);
    stops[1]?.();
    resolutions.refresh();
    await expect.poll(() => ask.mock.calls.at(-1)).toEqual([['a-table@stable']]);
  });

  it('tell that what runs was deprecated since', async () => {
    const notices: Resolution['notices'] = [{ code: 'deprecated', text: 'use 2' }];
    const resolutions = new Resolutions({ ask: async (specs) => specs.map((spec) => ({ ...good(spec, '1.0.0'), notices })) });
    resolutions.prime([good('a-table@1.0.0', '1.0.0')]);
    const changed = vi.fn();
    resolutions.onChange(changed);
    resolutions.apply({ type: 'widgets.deprecated', data: { name: 'a-table', version: '1.0.0' } });
    await expect.poll(() => changed).toHaveBeenCalledExactlyOnceWith('a-table@1.0.0');
  });

  it('keep the last good answer while the registry is down, and catch up when it is back', async () => {
    let down = true;
    const resolutions = new Resolutions({
      retryAfter: [1],
      ask: async (specs) => {
        if (down) throw new Error('down');
        return specs.map((spec) => good(spec, '2.0.0'));
      },
    });
    resolutions.prime([good('a-table@stable', '1.0.0')]);
    const changed = vi.fn();
    resolutions.onChange(changed);
    resolutions.apply(moved('a-table'));
    expect((await resolutions.get('a-table@stable')).version).toBe('1.0.0');
    down = false;
    await expect.poll(() => changed).toHaveBeenCalledTimes(1);
    expect((await resolutions.get('a-table@stable')).version).toBe('2.0.0');
    resolutions.dispose();
  });

  it('tell when something has an answer at last that had none while the registry was down', async () => {
    let down = true;
    const resolutions = new Resolutions({
      ask: async (specs) => {
        if (down) throw new Error('down');
        return specs.map((spec) => good(spec, '1.0.0'));
      },
    });
    const changed = vi.fn();
    resolutions.onChange(changed);
    await expect(resolutions.get('a-table@stable')).rejects.toMatchObject({ reason: 'unavailable' });
    down = false;
    resolutions.refresh();
    await expect.poll(() => changed).toHaveBeenCalledExactlyOnceWith('a-table@stable');
  });
});
