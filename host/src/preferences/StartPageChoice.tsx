import { useState, useSyncExternalStore } from 'react';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { usualStart } from '../dashboard/loading';
import { readStartPage, type StartPage, startKey, writeStartPage } from '../dashboard/start-page';
import { i18n } from '../language/i18n';
import { LayoutPicker } from '../library/LayoutPicker';
import { useStore } from '../ui/use-store';
import { OneOf } from './OneOf';

/** Where `/` leads. A layout is chosen by its title; until one is, what was chosen before stays. */
export function StartPageChoice({ controller }: { controller: DashboardController }) {
  const { session } = useStore(controller.store);
  const kept = useKept(session.user.id);
  const [asked, setAsked] = useState(false);
  const start: StartPage = kept.start ?? usualStart(session);
  const choose = (next: StartPage): void => {
    setAsked(false);
    kept.write(next);
  };
  return (
    <OneOf<StartPage['kind']>
      legend={i18n.t('Start page')}
      hint={i18n.t('What the dashboard opens at its plain address. A layout that you may not see any more gives way to your department’s.')}
      chosen={asked ? 'layout' : start.kind}
      choose={(kind) => (kind === 'layout' ? setAsked(start.kind !== 'layout') : choose({ kind }))}
      options={[
        ['last', i18n.t('The layout I had open last')],
        ['department', i18n.t('What my department opens')],
        ['library', i18n.t('All layouts')],
        ['layout', start.kind === 'layout' ? i18n.t('This layout: {title}', { title: start.title }) : i18n.t('A certain layout')],
      ]}
    >
      {asked || start.kind === 'layout' ? (
        <LayoutPicker
          label={start.kind === 'layout' ? i18n.t('Another layout') : i18n.t('Which layout')}
          choose={({ id, title }) => choose({ kind: 'layout', layout: id, title })}
        />
      ) : null}
    </OneOf>
  );
}

/** What is kept for that person, whichever tab wrote it. */
function useKept(user: string): { start: StartPage | undefined; write(start: StartPage): void } {
  const [, setWritten] = useState(0);
  const key = startKey(user);
  const raw = useSyncExternalStore(onStorage, () => localStorage.getItem(key));
  return {
    start: raw === null ? undefined : readStartPage(user, localStorage),
    write: (start) => {
      writeStartPage(user, start, localStorage);
      // The tab that writes is not told by the browser.
      setWritten((count) => count + 1);
    },
  };
}

function onStorage(changed: () => void): () => void {
  addEventListener('storage', changed);
  return () => removeEventListener('storage', changed);
}
