import { useState, useSyncExternalStore } from 'react';
import { asProblem } from '../api/problem';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { type LanguageChoice, languageChoice, languages, onLanguageChange, setLanguage } from '../language/language';
import { PageHeading } from '../pages/PageHeading';
import { density, motion } from '../ui/appearance';
import { singleKeys, switchSingleKeys } from '../ui/single-keys';
import { chooseTheme, themeStore } from '../ui/theme';
import { useStore } from '../ui/use-store';
import { OneOf } from './OneOf';
import { StartPageChoice } from './StartPageChoice';
import '../pages/pages.css';
import './preferences.css';

/** How the dashboard is to be, on this browser. Whatever is chosen is so at once, on every page that is open. */
export default function Preferences({ controller }: { controller: DashboardController }) {
  const { choice: theme } = useStore(themeStore);
  const { choice: dense } = useStore(density.store);
  const { choice: moves } = useStore(motion.store);
  const { on } = useStore(singleKeys);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <div className="place" tabIndex={0}>
      <div className="place-column preferences">
        <PageHeading title={i18n.t('Preferences')}>
          <p className="place-small">{i18n.t('For this browser. Each applies at once, on every page of the dashboard that is open.')}</p>
        </PageHeading>
        <OneOf
          legend={i18n.t('Theme')}
          chosen={theme}
          choose={chooseTheme}
          options={[
            ['light', i18n.t('Light')],
            ['dark', i18n.t('Dark')],
            ['system', i18n.t('Like the system')],
          ]}
        />
        <OneOf
          legend={i18n.t('Density')}
          hint={i18n.t('Compact leaves less room between things; texts keep their size, and layouts their arrangement.')}
          chosen={dense}
          choose={(choice) => density.choose(choice)}
          options={[
            ['comfortable', i18n.t('Comfortable')],
            ['compact', i18n.t('Compact')],
          ]}
        />
        <LanguageFields />
        <OneOf
          legend={i18n.t('Motion')}
          chosen={moves}
          choose={(choice) => motion.choose(choice)}
          options={[
            ['system', i18n.t('Like the system')],
            ['reduced', i18n.t('Reduced')],
          ]}
        />
        <StartPageChoice controller={controller} />
        <fieldset className="preference">
          <legend>{i18n.t('Keyboard')}</legend>
          <label className="preference-option">
            <input type="checkbox" checked={on} onChange={({ target }) => switchSingleKeys(target.checked)} />
            <span>{i18n.t('Single-key shortcuts')}</span>
            <span className="place-small">E, 1–9, ?</span>
          </label>
        </fieldset>
      </div>
    </div>
  );
}

/** Also follows what is chosen in the palette, and in another tab. */
function LanguageFields() {
  const kept = useSyncExternalStore(onChoice, languageChoice);
  /** Its texts are on their way. */
  const [coming, setComing] = useState<LanguageChoice | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (choice: LanguageChoice): Promise<void> => {
    setProblem(null);
    setComing(choice);
    try {
      await setLanguage(choice);
    } catch (cause) {
      setProblem(asProblem(cause).message);
    }
    setComing((latest) => (latest === choice ? null : latest));
  };
  return (
    <OneOf
      legend={i18n.t('Language')}
      chosen={coming ?? kept}
      choose={(choice) => void choose(choice)}
      options={[
        ...languages.map(({ language, name }): [LanguageChoice, string, string] => [language, name, language]),
        ['system', i18n.t('Like the browser')],
      ]}
    >
      {problem ? (
        <p className="place-problem" role="alert">
          {i18n.t('This language could not be loaded.')} {problem}
        </p>
      ) : null}
    </OneOf>
  );
}

function onChoice(changed: () => void): () => void {
  const stop = onLanguageChange(changed);
  addEventListener('storage', changed);
  return () => {
    stop();
    removeEventListener('storage', changed);
  };
}
