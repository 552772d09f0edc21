/** What several rooms call by the same words. */
import { i18n } from './i18n';

/** Of a user channel, by its id. */
export function channelName(id: string): string {
  const names: Record<string, string> = {
    red: i18n.t('Red'),
    orange: i18n.t('Orange'),
    yellow: i18n.t('Yellow'),
    green: i18n.t('Green'),
    cyan: i18n.t('Cyan'),
    blue: i18n.t('Blue'),
    magenta: i18n.t('Magenta'),
    purple: i18n.t('Purple'),
  };
  return names[id] ?? id;
}

/** Of every title and name that a person gives, as the contract has it (packages/contracts/src/titles.ts). */
export const titleRule = (): string =>
  i18n.t(
    'Needs at least one visible character, and none that steers text: no line break, no NUL, no half of a pair, no mark that turns its direction',
  );
