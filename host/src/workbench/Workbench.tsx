import type { Context } from '@datamesh/contracts';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { samplesFor } from '../interop/samples';
import { type Language, language, languages, onLanguageChange, setLanguage } from '../language/language';
import type { Resolution } from '../remotes/resolution';
import { SettingsForm } from '../settings/SettingsForm';
import { chooseTheme, themeStore } from '../ui/theme';
import { useStore } from '../ui/use-store';
import { Accessibility } from './Accessibility';
import { type Bench, PANEL } from './bench';
import { troubleStore } from './trouble';

/** Widths and heights of panels as they come up on a dashboard, pixels. */
const SIZES: Record<string, [width: number, height: number]> = {
  Phone: [360, 480],
  'A third': [440, 400],
  Half: [660, 520],
  Whole: [1280, 760],
};

export function Workbench({ bench, widget, stage }: { bench: Bench; widget: Resolution; stage: HTMLElement }) {
  const { content, said, notices, outcome } = useStore(bench.store);
  const { found } = useStore(troubleStore);
  const { theme } = useStore(themeStore);
  const [mode, setMode] = useState<'view' | 'edit'>('view');
  const [size, setSize] = useState('Half');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.append(stage), [stage]);
  useEffect(() => {
    const [width = 660, height = 520] = SIZES[size] ?? [];
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
  }, [size, stage]);
  const panel = content.panels[PANEL];
  return (
    <div className="bench">
      <header className="bench-bar">
        <h1>
          {widget.widget.title} <small>{widget.version}</small>
        </h1>
        <span role="status">{outcome}</span>
        <Choose label="Size" of={Object.keys(SIZES)} chosen={size} choose={setSize} />
        <Choose label="Theme" of={['light', 'dark']} chosen={theme} choose={(one) => chooseTheme(one as 'light' | 'dark')} />
        <Choose
          label="Language"
          of={languages.map((one) => one.language)}
          chosen={useSyncExternalStore(onLanguageChange, language)}
          choose={(one) => void setLanguage(one as Language)}
        />
        <Choose
          label="Mode"
          of={['view', 'edit']}
          chosen={mode}
          choose={(one) => {
            setMode(one as 'view' | 'edit');
            void bench.setMode(one as 'view' | 'edit');
          }}
        />
      </header>
      <main className="bench-main" ref={place} />
      <aside className="bench-side" aria-label="Workbench">
        <section aria-labelledby="bench-settings">
          <h2 id="bench-settings">Settings</h2>
          {panel ? (
            <SettingsForm id={PANEL} panel={panel} resolution={widget} manifests={[widget.widget]} edit={(change) => bench.edit(change)} />
          ) : null}
        </section>
        <Say bench={bench} />
        <List title="It said" items={said.map((context) => JSON.stringify(context))} none="Nothing yet." />
        <List title="It told the reader" items={notices} none="Nothing yet." />
        <Accessibility bench={bench} stage={stage} />
        <List title="Trouble" items={found} none="None: no error, and nothing that the dashboard's policies refused." />
      </aside>
    </div>
  );
}

function Choose(props: { label: string; of: string[]; chosen: string; choose(one: string): void }) {
  return (
    <label>
      {props.label}{' '}
      <select className="input" value={props.chosen} onChange={({ target }) => props.choose(target.value)}>
        {props.of.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

/** A context of a type that the widget hears, to be changed by hand. */
function Say({ bench }: { bench: Bench }) {
  const samples = samplesFor(bench.manifest);
  const [text, setText] = useState(() => JSON.stringify(samples[0] ?? { type: 'fdc3.instrument' }, null, 2));
  const [problem, setProblem] = useState('');
  const say = async (dashboard: boolean): Promise<void> => {
    try {
      await bench.say(JSON.parse(text) as Context, dashboard);
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section aria-labelledby="bench-say">
      <h2 id="bench-say">Say something to it</h2>
      {samples.length > 1 ? (
        <Choose
          label="Sample"
          of={samples.map(({ type }) => type)}
          chosen={samples.find(({ type }) => text.includes(`"${type}"`))?.type ?? ''}
          choose={(type) =>
            setText(
              JSON.stringify(
                samples.find((one) => one.type === type),
                null,
                2,
              ),
            )
          }
        />
      ) : null}
      <textarea
        className="input"
        aria-label="Context"
        rows={6}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p role="alert">{problem}</p>
      <button type="button" className="button" onClick={() => void say(false)}>
        On its channel
      </button>{' '}
      <button type="button" className="button" onClick={() => void say(true)}>
        As a filter
      </button>
    </section>
  );
}

function List({ title, items, none }: { title: string; items: readonly string[]; none: string }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {items.length === 0 ? <p>{none}</p> : null}
      <ul>
        {[...new Set(items)].map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
