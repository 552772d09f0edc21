import { useEffect, useState } from 'react';

/** One panel by a click on it, or on its tab; Escape gives up. */
export function usePointing(choose: (panel: string) => void): { pointing: boolean; point(): void } {
  const [pointing, setPointing] = useState(false);
  useEffect(() => {
    if (!pointing) return undefined;
    const stop = new AbortController();
    const on = { capture: true, signal: stop.signal };
    const take = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    const panelAt = (event: Event): string | undefined => {
      const { dataset } =
        (event.target as Element | null)?.closest<HTMLElement>('[data-shown] [data-panel], [data-shown] [data-for]') ?? {};
      return dataset?.['panel'] ?? dataset?.['for'];
    };
    // The press is neither a drag nor the widget's.
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup'] as const)
      addEventListener(type, (event) => panelAt(event) !== undefined && take(event), on);
    addEventListener(
      'click',
      (event) => {
        const panel = panelAt(event);
        setPointing(false);
        if (panel === undefined) return;
        take(event);
        choose(panel);
      },
      on,
    );
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        take(event);
        setPointing(false);
      },
      on,
    );
    document.body.classList.add('wire-pointing');
    return () => {
      stop.abort();
      document.body.classList.remove('wire-pointing');
    };
  }, [pointing, choose]);
  return { pointing, point: () => setPointing(true) };
}
