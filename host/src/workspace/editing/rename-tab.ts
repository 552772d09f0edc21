import { isTitle } from '@datamesh/contracts/titles';
import { i18n } from '../../language/i18n';
import { titleRule } from '../../language/terms';
import { node } from '../nodes';

export interface TabRename {
  /** Holds the field, over the tab: what is in a tab is not there for a screen reader. */
  root: HTMLElement;
  tab: HTMLElement;
  /** What the layout calls the panel; empty where it is called as its widget says. */
  title: string;
  /** What it is called right now. */
  shown: string;
  named(title: string): void;
  announce(text: string): void;
}

/** A field in the place of a tab: Enter or leaving it names the panel, Escape leaves it as it was, and nothing in it gives it the widget's title back. */
export function renameTab({ root, tab, title, shown, named, announce }: TabRename): void {
  const field = node('input', 'dm-rename');
  field.value = title || shown;
  field.placeholder = shown;
  field.maxLength = 120;
  field.autocomplete = 'off';
  field.setAttribute('aria-label', i18n.t('Title of {panel}', { panel: shown }));
  const [over, around] = [tab.getBoundingClientRect(), root.getBoundingClientRect()];
  const width = Math.max(over.width, Math.min(240, around.right - over.left));
  Object.assign(field.style, {
    left: `${over.left - around.left}px`,
    top: `${over.top - around.top}px`,
    width: `${width}px`,
    height: `${over.height}px`,
  });

  let done = false;
  const end = (name: string | null, back: boolean): void => {
    if (done) return;
    done = true;
    field.remove();
    // What the widget says was only shown: left as it is, it stays the widget's to say.
    if (name !== null && name !== shown) named(name);
    if (back) root.querySelector<HTMLElement>(`.lm_tab[data-for="${tab.dataset['for']}"]`)?.focus();
  };
  const check = (): boolean => {
    const fits = field.value.trim() === '' || isTitle(field.value.trim());
    field.setAttribute('aria-invalid', String(!fits));
    field.title = fits ? '' : titleRule();
    return fits;
  };
  field.addEventListener('input', check);
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') end(null, true);
    else if (event.key === 'Enter' && !event.isComposing) {
      if (check()) end(field.value.trim(), true);
      else announce(titleRule());
    } else return;
    event.preventDefault();
  });
  field.addEventListener('blur', () => end(check() ? field.value.trim() : null, false));
  root.append(field);
  field.focus();
  field.select();
}
