import { i18n } from '../language/i18n';

const onMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys that other languages write otherwise; all else stands on every keyboard as it is called here. */
const names = (): Readonly<Record<string, string>> => ({
  Ctrl: i18n.t('Ctrl'),
  Shift: i18n.t('Shift'),
  Delete: i18n.t('Delete'),
  Home: i18n.t('Home'),
  End: i18n.t('End'),
  Enter: i18n.t('Enter'),
});

/** Keys that are pressed together, `Shift+F10`, as they are written on a keyboard of the page's language. */
export function keyNames(keys: string): string {
  const known = names();
  return keys
    .split('+')
    .map((key) => known[key] ?? key)
    .join('+');
}

/** As it is written on the keys of this machine: "Ctrl+S", "⌘S". */
export const commandKey = (letter: string): string => (onMac() ? `⌘${keyNames(letter)}` : keyNames(`Ctrl+${letter}`));
