import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { asProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { findLayouts } from '../layouts/library/libraryCalls';
import { afterTyping } from '../shell/afterTyping';
import type { Desk } from '../shell/desk';
import { Icon } from '../shell/Icon';
import { usualStart } from '../shell/loading';
import { readStartPage, type StartPage, startKey, writeStartPage } from '../shell/preferences/startPage';
import { useStore } from '../shell/useStore';
import { OneOf } from './OneOf';

/** Where `/` leads. A layout is chosen by its title; until one is, what was chosen before stays. */
export function StartPageChoice({ desk }: { desk: Desk }) {
  const { session } = useStore(desk.store);
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
        <LayoutByTitle
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

function LayoutByTitle({ label, choose }: { label: string; choose(layout: LayoutSummary): void }) {
  const [text, setText] = useState('');
  const { items, state } = useLayouts(text.trim());
  return (
    <ComboBox
      className="preference-layout"
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => {
        const found = items.find(({ id }) => id === key);
        if (!found) return;
        setText('');
        choose(found);
      }}
      allowsEmptyCollection
      menuTrigger="input"
    >
      <Label className="field-label">{label}</Label>
      <div className="preference-field">
        <Input className="input" placeholder={i18n.t('Search by title')} maxLength={120} />
        <Button className="button quiet icon-only" aria-label={i18n.t('Show layouts')}>
          <Icon name="caret" size={12} />
        </Button>
      </div>
      <Popover className="preference-found" placement="bottom start">
        <ListBox<LayoutSummary> renderEmptyState={() => <p className="preference-none">{state}</p>}>
          {({ id, title, updatedByName }) => (
            <ListBoxItem id={id} textValue={title} className="layout-row">
              <span className="layout-row-title">{title}</span>
              <span className="layout-row-detail">{i18n.t('by {name}', { name: updatedByName })}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** `state`: said where there is none to show. */
function useLayouts(words: string): { items: LayoutSummary[]; state: string } {
  const [found, setFound] = useState<{ items: LayoutSummary[]; problem: string | null } | null>(null);
  useEffect(() => {
    setFound(null);
    return afterTyping(words, async (signal) => {
      try {
        const { items } = await findLayouts('all', words, null, signal);
        if (!signal.aborted) setFound({ items, problem: null });
      } catch (cause) {
        if (!signal.aborted) setFound({ items: [], problem: asProblem(cause).message });
      }
    });
  }, [words]);
  if (!found) return { items: [], state: i18n.t('Looking…') };
  const nothing = words ? i18n.t('No layout has a title with “{words}”.', { words }) : i18n.t('There is no layout you can see yet.');
  return { items: found.items, state: found.problem ?? nothing };
}
