import type { LayoutContent } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { type CarriedLayout, carry, takeCarried } from './carried';

const layout: CarriedLayout = {
  mode: 'view',
  filters: null,
  unsaved: null,
  view: { kept: {}, contexts: {}, fronts: ['p1'], maximised: null, scroll: { left: 0, top: 57 } },
};

/** As a browser tab has it. */
function tab(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

const forbidden = (): Storage => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

describe('what a page hands to the next one', () => {
  it('is taken once, by the person who left it', () => {
    const storage = tab();
    carry('alex', new Map([['a', layout]]), () => storage);
    expect([...takeCarried('casey', () => storage)]).toEqual([]);
    expect([...takeCarried('alex', () => storage)]).toEqual([['a', layout]]);
    expect([...takeCarried('alex', () => storage)]).toEqual([]);
  });

  it('has what can be undone only where there is room for it', () => {
    const storage = tab();
    const roomy = storage.setItem;
    storage.setItem = (key, text) => {
      if (text.length > 2_000) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      roomy(key, text);
    };
    const content = { title: 'x'.repeat(3_000) } as LayoutContent;
    const steps = { revision: 1, past: [{ content, label: 'Rename' }], future: [] };
    carry('alex', new Map([['a', { ...layout, steps }]]), () => storage);
    expect([...takeCarried('alex', () => storage)]).toEqual([['a', layout]]);
    expect(() => carry('alex', new Map([['a', { ...layout, unsaved: { base: 1, content, updatedAt: '' } }]]), () => storage)).toThrow(
      'quota',
    );
  });

  it.each(['', 'no JSON', 'null', '{}', '[]', '{"format":1}', '{"format":1,"layouts":{}}', '{"format":0,"layouts":[["a",{}]]}'])(
    'is nothing where %j stands there',
    (text) => {
      const storage = tab();
      storage.setItem('dm.carried.alex', text);
      expect([...takeCarried('alex', () => storage)]).toEqual([]);
      expect(storage.getItem('dm.carried.alex')).toBeNull();
    },
  );

  it('opens a page as any other where the browser forbids it, and keeps one from leaving', () => {
    expect([...takeCarried('alex', forbidden)]).toEqual([]);
    expect(() => carry('alex', new Map(), forbidden)).toThrow('insecure');
  });
});
