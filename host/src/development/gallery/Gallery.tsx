import { useSyncExternalStore } from 'react';
import { locale, onLanguageChange } from '../../language/language';
import { chooseTheme, themeStore } from '../../ui/theme';
import { useStore } from '../../ui/use-store';
import { Controls } from './Controls';
import { Frames } from './Frames';
import { Messages } from './Messages';
import { OpenDialogs } from './OpenDialogs';
import { Pages } from './Pages';
import { Rooms } from './Rooms';

/** Where another language is set: the page's own, and those that are for checking alone (docs/languages.md). */
const LANGUAGES = ['en', 'de', 'en-XA', 'ar-XB'];

export function Gallery() {
  const { theme } = useStore(themeStore);
  const spoken = useSyncExternalStore(onLanguageChange, locale);
  const speak = (language: string): void => {
    localStorage.setItem('dm.language', language);
    location.reload();
  };
  return (
    <main className="gallery" key={spoken}>
      <header className="gallery-bar">
        <h1>Gallery</h1>
        {(['light', 'dark'] as const).map((one) => (
          <button key={one} type="button" className="button" aria-pressed={theme === one} onClick={() => chooseTheme(one)}>
            {one}
          </button>
        ))}
        {LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={document.documentElement.lang === one}
            onClick={() => speak(one)}
          >
            {one}
          </button>
        ))}
      </header>
      <Controls />
      <Messages />
      <OpenDialogs />
      <Pages />
      <Frames />
      <Rooms />
    </main>
  );
}
