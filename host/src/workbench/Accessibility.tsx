import { useCallback, useEffect, useRef, useState } from 'react';
import { themeStore } from '../ui/theme';
import { useStore } from '../ui/use-store';
import type { Bench } from './bench';
import { type Findings, findingsIn } from './findings';

/** Whether it looks by itself stays over reloads, and with that over builds. */
const KEPT = 'workbench.accessibility';
/** A widget that changes is looked at once it has not changed for so long; milliseconds. */
const QUIET = 400;

const widgetOn = (stage: HTMLElement): HTMLElement | null => stage.querySelector<HTMLElement>('[data-theme]');

/** What axe finds in the widget as it stands, on demand or whenever it has changed. */
export function Accessibility({ bench, stage }: { bench: Bench; stage: HTMLElement }) {
  const { outcome } = useStore(bench.store);
  const [seen, setSeen] = useState<Findings | undefined>();
  const [state, setState] = useState('Not looked at yet.');
  const [follows, setFollows] = useState(() => sessionStorage.getItem(KEPT) === 'follows');
  const look = useCallback(async (): Promise<void> => {
    const widget = widgetOn(stage);
    if (!widget) return setState('There is no widget to look at.');
    setState('Looking…');
    try {
      const found = await findingsIn(widget);
      setSeen(found);
      setState(told(found, themeStore.getSnapshot().theme));
    } catch (error) {
      setSeen(undefined);
      setState(`axe could not look: ${error instanceof Error ? error.message : String(error)}`);
    }
  }, [stage]);
  useChanges(stage, follows && outcome === 'ready', look);
  return (
    <section aria-label="Accessibility">
      <h2>Accessibility</h2>
      <button type="button" className="button" onClick={() => void look()}>
        Check now
      </button>{' '}
      <label>
        <input
          type="checkbox"
          checked={follows}
          onChange={({ target }) => {
            sessionStorage.setItem(KEPT, target.checked ? 'follows' : '');
            setFollows(target.checked);
          }}
        />{' '}
        After each change
      </label>
      <p role="status">{state}</p>
      <ul>
        {seen?.items.map(({ rule, impact, says, help, element }) => (
          <li key={`${rule} ${element}`}>
            <strong>{impact}</strong>: {says} (
            <a href={help} target="_blank" rel="noreferrer">
              {rule}
            </a>
            )<br />
            <code>{element}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function told({ items, version }: Findings, theme: string): string {
  const by = `axe ${version}, ${theme} theme`;
  if (items.length > 0) return `${items.length === 1 ? '1 finding' : `${items.length} findings`} (${by}).`;
  return `Nothing found (${by}). A program sees part of what there is: try the keyboard and a screen reader, too.`;
}

/** Calls once when it begins, and whenever the widget has changed in its size, its attributes, or what it draws. */
function useChanges(stage: HTMLElement, on: boolean, changed: () => Promise<void>): void {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const widget = on ? widgetOn(stage) : null;
    if (!widget) return;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(quiet);
      quiet = setTimeout(() => void latest.current(), QUIET);
    };
    const mutations = new MutationObserver(soon);
    for (const root of [widget, widget.shadowRoot])
      if (root) mutations.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    // It tells of the size to begin with as well.
    const sizes = new ResizeObserver(soon);
    sizes.observe(widget);
    return () => {
      clearTimeout(quiet);
      mutations.disconnect();
      sizes.disconnect();
    };
  }, [stage, on]);
}
