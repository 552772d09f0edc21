import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { flushSync } from 'react-dom';
import { asProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { afterTyping } from '../ui/after-typing';
import { Icon } from '../ui/Icon';
import { searchLayouts } from './library-calls';
import './sharing/sharing.css';

interface LayoutPickerProps {
  label: string;
  /** Not offered. */
  taken?: readonly string[];
  /** What to know of one before it is chosen. */
  note?(layout: LayoutSummary): string | null;
  choose(layout: Pick<LayoutSummary, 'id' | 'title'>): void;
}

/** A layout by the words of its title, or out of all that one can see; what is chosen is chosen at once. */
export function LayoutPicker({ label, taken = [], note = () => null, choose }: LayoutPickerProps) {
  const [text, setText] = useState('');
  const { found, state } = useLayouts(text.trim());
  // Emptied by a choice, the field would open on all of them: over what the choice has changed.
  const [quiet, setQuiet] = useState(false);
  const items = quiet ? [] : found.filter(({ id }) => !taken.includes(id));
  const wake = (): void => {
    if (quiet) flushSync(() => setQuiet(false));
  };
  return (
    <ComboBox
      className="layout-picker"
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => {
        const layout = items.find(({ id }) => id === key);
        if (!layout) return;
        setText('');
        setQuiet(true);
        choose(layout);
      }}
      allowsEmptyCollection={!quiet}
      menuTrigger="input"
    >
      <Label className="field-label">{label}</Label>
      <div className="layout-picker-field" onPointerDownCapture={wake} onKeyDownCapture={wake} onInputCapture={wake}>
        <Input className="input" placeholder={i18n.t('Search by title')} maxLength={120} />
        <Button className="button quiet icon-only" aria-label={i18n.t('Show layouts')}>
          <Icon name="caret" size={12} />
        </Button>
      </div>
      <Popover className="sharing-found" placement="bottom start">
        <ListBox<LayoutSummary> renderEmptyState={() => <p className="sharing-none">{state}</p>}>
          {(layout) => (
            <ListBoxItem id={layout.id} textValue={layout.title} className="sharing-option">
              <span>{layout.title}</span>
              <span className="sharing-small">
                {[i18n.t('by {name}', { name: layout.updatedByName }), note(layout)].filter(Boolean).join(' · ')}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** `state`: said where there is none to show. */
function useLayouts(words: string): { found: readonly LayoutSummary[]; state: string } {
  const [answer, setAnswer] = useState<{ to: string; items: LayoutSummary[]; problem: string | null } | null>(null);
  useEffect(
    () =>
      afterTyping(words, async (signal) => {
        try {
          const { items } = await searchLayouts(words, signal);
          if (!signal.aborted) setAnswer({ to: words, items, problem: null });
        } catch (cause) {
          if (!signal.aborted) setAnswer({ to: words, items: [], problem: asProblem(cause).message });
        }
      }),
    [words],
  );
  // What was found for other words is gone before a key can choose it.
  if (answer?.to !== words) return { found: [], state: i18n.t('Looking…') };
  const nothing = words
    ? i18n.t('No other layout has a title with “{words}”.', { words })
    : i18n.t('There is no other layout you can see yet.');
  return { found: answer.items, state: answer.problem ?? nothing };
}
