/** What is told at once as well, in a toast; the rest is with the list (NotificationList.tsx). */
import { i18n } from '../../language/i18n';
import type { Kind } from './book';

type Values = Readonly<Record<string, string>>;
export type Told = Exclude<Kind, 'swapped' | 'returned' | 'withdrawn-version' | 'deprecated' | 'shared'>;

export function toldWords(kind: Told, values: Values): string {
  switch (kind) {
    case 'changed':
      return i18n.t('{by} changed “{title}”. You see the newest version.', values);
    case 'newer':
      return values['by'] === undefined
        ? i18n.t('You saved “{title}” on another page. Both are merged when you save.', values)
        : i18n.t('{by} saved “{title}” in between. Both are merged when you save.', values);
    case 'rights':
      return values['may'] === 'edit'
        ? i18n.t('You may edit “{title}” from now on.', values)
        : i18n.t('You may only look at “{title}” from now on.', values);
    case 'withdrawn':
      return i18n.t('“{title}” is no longer shared with you, or was deleted.', values);
    case 'deleted':
      return i18n.t('“{title}” was deleted.', values);
    case 'pinned':
      return i18n.t('{title} pinned another layout.', values);
    case 'access':
      return values['may'] === 'edit' ? i18n.t('{name} asks to edit “{title}”.', values) : i18n.t('{name} asks to see “{title}”.', values);
  }
}
