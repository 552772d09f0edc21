import { useEffect, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { SearchField } from 'react-aria-components/SearchField';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { locale } from '../../language/language';
import { searchLayouts } from '../../library/library-calls';
import { findWidgets } from '../../marketplace/catalogue';
import { afterTyping } from '../../ui/after-typing';
import { type Found, fitting } from './fitting';
import { commandsOf, layoutsFound, widgetsFound } from './found';
import './palette.css';

interface Searched {
  typed: string;
  layouts: Found[];
  widgets: Found[];
  failed: boolean;
}

/** Every command, layout and widget by a few letters of its name. */
export default function Palette({ controller, close }: { controller: DashboardController; close(): void }) {
  const [typed, setTyped] = useState('');
  const spoken = locale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: commands have their names in the language of the page
  const commands = useMemo(() => commandsOf(controller), [controller, spoken]);
  const searched = useSearched(controller, typed.trim());
  const sections = [
    { title: i18n.t('Commands'), items: fitting(commands, typed.trim()) },
    { title: i18n.t('Layouts'), items: searched?.layouts ?? [] },
    { title: i18n.t('Widgets'), items: searched?.widgets ?? [] },
  ].filter(({ items }) => items.length > 0);
  const waiting = typed.trim() !== (searched?.typed ?? '');
  const run = (key: React.Key): void => {
    const chosen = sections.flatMap(({ items }) => items).find(({ id }) => id === key);
    // Before it runs: it may open another dialog, or put the focus somewhere.
    close();
    setTimeout(() => chosen?.run());
  };
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className="layout-search" aria-label={i18n.t('Commands, layouts and widgets')} autoFocus>
        <Input
          role="combobox"
          aria-expanded="true"
          aria-haspopup="listbox"
          className="input"
          placeholder={i18n.t('What do you want to do, or to see?')}
        />
      </SearchField>
      <ListBox
        className="layout-list palette-list"
        aria-label={i18n.t('Found')}
        aria-busy={waiting}
        selectionMode="none"
        onAction={run}
        renderEmptyState={() => (
          <p className="dialog-note">{waiting ? i18n.t('Looking…') : i18n.t('Nothing fits “{typed}”.', { typed: typed.trim() })}</p>
        )}
      >
        {sections.map(({ title, items }) => (
          <ListBoxSection key={title} id={title}>
            <Header className="palette-heading">{title}</Header>
            {items.map(({ id, label, detail }) => (
              <ListBoxItem key={id} id={id} className="layout-row palette-row" textValue={label}>
                <span className="palette-label">{label}</span>
                {detail ? <span className="layout-row-detail">{detail}</span> : null}
              </ListBoxItem>
            ))}
          </ListBoxSection>
        ))}
      </ListBox>
      {searched?.failed ? (
        <p className="dialog-note" role="status">
          {i18n.t('Layouts and widgets cannot be searched right now; commands work.')}
        </p>
      ) : null}
    </Autocomplete>
  );
}

/** What was found last stays until the next answer is there. */
function useSearched(controller: DashboardController, typed: string): Searched | null {
  const [searched, setSearched] = useState<Searched | null>(null);
  useEffect(() => {
    if (typed === '') return setSearched(null);
    return afterTyping(typed, async (signal) => {
      const [layouts, widgets] = await Promise.allSettled([
        searchLayouts(typed, signal),
        findWidgets({ q: typed, category: null }, signal),
      ]);
      if (signal.aborted) return;
      setSearched({
        typed,
        layouts: layouts.status === 'fulfilled' ? layoutsFound(controller, layouts.value.items) : [],
        widgets: widgets.status === 'fulfilled' ? widgetsFound(controller, widgets.value.items) : [],
        failed: layouts.status === 'rejected' || widgets.status === 'rejected',
      });
    });
  }, [controller, typed]);
  return searched;
}
