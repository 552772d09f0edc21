import { samplesFor } from '../interop/samples';
import type { Bench } from './bench';
import { troubleStore } from './trouble';

/** What `datamesh check` waits for: how the widget fared under the dashboard's own policies. */
export interface MountReport {
  outcome: 'ready' | 'failed';
  /** What the panel says when it failed. */
  text: string;
  trouble: readonly string[];
  /** Types of contexts that it put on its channel. */
  said: string[];
}

const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

/** With the details, which have what was thrown. */
function wordsIn(stage: HTMLElement): string {
  for (const details of stage.querySelectorAll('details')) details.open = true;
  return stage.innerText.replace(/\s+/g, ' ').trim();
}

/** Once it stands or has failed: says everything to it that it says it hears, in both themes, and tells whoever serves this page. */
export async function exercise(bench: Bench, stage: HTMLElement, chooseTheme: (theme: 'light' | 'dark') => void): Promise<void> {
  const outcome = await new Promise<'ready' | 'failed'>((settle) => {
    const look = (): void => {
      const { outcome } = bench.store.getSnapshot();
      if (outcome !== 'loading') settle(outcome);
    };
    bench.store.subscribe(look);
    look();
  });
  if (outcome === 'ready')
    for (const theme of ['dark', 'light'] as const) {
      chooseTheme(theme);
      for (const context of samplesFor(bench.manifest)) await bench.say(context);
      await painted();
    }
  const report: MountReport = {
    outcome,
    text: outcome === 'failed' ? wordsIn(stage) : '',
    trouble: troubleStore.getSnapshot().found,
    said: [...new Set(bench.store.getSnapshot().said.map(({ type }) => type))],
  };
  await fetch('/workbench/report', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(report) });
}
