import type { LayoutSummary } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { asProblem } from '../../api/problem';
import { findLayouts } from '../../layouts/library/libraryCalls';
import { afterTyping } from '../../shell/afterTyping';
import '../../layouts/sharing/sharing.css';
import { i18n } from '../../language/i18n';

interface LayoutPickerProps {
  label: string;
  /** Not offered. */
  taken: readonly string[];
  choose(layout: Pick<LayoutSummary, 'id' | 'title'>): void;
}

/** A layout by the words of its title; who is chosen is chosen at once. */
export function LayoutPicker({ label, taken, choose }: LayoutPickerProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ q: string; items: LayoutSummary[]; problem: string | null }>({ q: '', items: [], problem: null });
  const q = text.trim();
  useEffect(() => {
    if (q === '') return;
    return afterTyping(q, async (signal) => {
      try {
        const { items } = await findLayouts('all', q, null, signal);
        setFound({ q, items, problem: null });
      } catch (cause) {
        if (!signal.aborted) setFound({ q, items: [], problem: asProblem(cause).message });
      }
    });
  }, [q]);
  const items = q === '' ? [] : found.items.filter(({ id }) => !taken.includes(id));
  const words = found.q === q ? (found.problem ?? i18n.t('No other layout has a title with “{words}”.', { words: q })) : i18n.t('Looking…');
  return (
    <ComboBox
      className="field administration-picker"
      items={items}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => {
        const layout = items.find(({ id }) => id === key);
        if (!layout) return;
        setText('');
        choose(layout);
      }}
      allowsEmptyCollection={q !== ''}
      menuTrigger="input"
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" placeholder={i18n.t('Words of its title')} maxLength={120} />
      <Popover className="sharing-found" placement="bottom start">
        <ListBox<LayoutSummary> renderEmptyState={() => <p className="sharing-none">{words}</p>}>
          {({ id, title, updatedByName }) => (
            <ListBoxItem id={id} textValue={title} className="sharing-option">
              <span>{title}</span>
              <span className="place-small">{i18n.t('by {who}', { who: updatedByName })}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
