import type { Context, WidgetDetail } from '@datamesh/contracts';
import { useEffect, useRef, useState } from 'react';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { contextTitle } from '../../interop/context-titles';
import { samplesFor } from '../../interop/samples';
import { i18n } from '../../language/i18n';
import { Store } from '../../ui/store';
import { useStore } from '../../ui/use-store';
import { Bench, type BenchState } from '../../workbench/bench';
import { createPanel } from '../../workspace/create-panel';
import './preview.css';

/** Pixels: as high as the widget likes to be, within what leaves room for the rest. */
const LOWEST = 200;
const HIGHEST = 420;

/**
 * The widget as it would run in a layout: resolved, checked and contained like any panel. What it hears are samples, and what it says
 * nobody hears but this preview: it is a workspace of its own, which goes when it is closed, and is counted nowhere.
 */
export default function Preview({ controller, detail }: { controller: DashboardController; detail: WidgetDetail }) {
  const stage = useRef<HTMLDivElement>(null);
  const [bench, setBench] = useState<Bench | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer about the same widget leaves what runs alone
  useEffect(() => {
    if (!stage.current) return;
    const made = new Bench(detail.widget, createPanel(detail).widget, stage.current, {
      resolutions: controller.resolutions,
      settings: {},
      keepSettings: () => undefined,
      // The panel says it.
      failed: () => undefined,
    });
    setBench(made);
    return () => made.dispose();
  }, [controller, detail.name]);
  const height = Math.min(HIGHEST, Math.max(LOWEST, detail.widget.size?.preferred?.[1] ?? HIGHEST));
  return (
    <section className="preview" aria-label={i18n.t('Preview of {title}', { title: detail.title })}>
      <div className="preview-stage" ref={stage} style={{ height }} />
      <Samples key={bench ? 'ready' : 'none'} bench={bench} samples={samplesFor(detail.widget)} />
    </section>
  );
}

const NOTHING = new Store<Pick<BenchState, 'said' | 'notices' | 'outcome'>>({ said: [], notices: [], outcome: 'loading' });

function Samples({ bench, samples }: { bench: Bench | null; samples: readonly Context[] }) {
  const { said, notices, outcome } = useStore<Pick<BenchState, 'said' | 'notices' | 'outcome'>>(bench?.store ?? NOTHING);
  const [shown, setShown] = useState<Context | null>(null);
  const [problem, setProblem] = useState('');
  const say = async (sample: Context): Promise<void> => {
    setShown(sample);
    try {
      await bench?.say(sample);
      await bench?.say(sample, true);
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const [first] = samples;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as it stands
  useEffect(() => {
    if (outcome === 'ready' && first) void say(first);
  }, [outcome]);
  const own = said.filter((context) => !samples.some((sample) => JSON.stringify(sample) === JSON.stringify(context)));
  const [latest] = own;
  return (
    <div className="preview-samples">
      {samples.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo
        <div role="group" aria-label={i18n.t('Sample contexts')} className="preview-choices">
          <span>{i18n.t('Show it with')}</span>
          {samples.map((sample) => (
            <button
              key={JSON.stringify(sample)}
              type="button"
              className="button small"
              aria-pressed={JSON.stringify(shown) === JSON.stringify(sample)}
              disabled={outcome !== 'ready'}
              onClick={() => void say(sample)}
            >
              {describeContext(sample)}
            </button>
          ))}
        </div>
      ) : (
        <p>{i18n.t('It takes nothing from other widgets.')}</p>
      )}
      <p role="status">
        {latest ? i18n.t('It said: {context}.', { context: describeContext(latest) }) : ''} {notices[0] ?? ''}
      </p>
      {problem ? <p role="alert">{problem}</p> : null}
      <p>{i18n.t('A preview: nothing of it reaches your layouts, and nothing that is set in it is kept.')}</p>
    </div>
  );
}

/** "Instrument: Apple Inc." */
function describeContext({ type, name, startTime, endTime }: Context): string {
  const what = typeof name === 'string' ? name : [startTime, endTime].filter((part) => typeof part === 'string').join(' – ');
  return what ? `${contextTitle(type)}: ${what}` : contextTitle(type);
}
