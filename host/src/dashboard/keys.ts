export { commandKey, keyNames } from '../workspace/key-names';

/** `pinned-1`: the first of the layouts that the department pins. */
export type Shortcut =
  | `pinned-${number}`
  | 'save'
  | 'undo'
  | 'redo'
  | 'duplicate'
  | 'toggle-mode'
  | 'next-part'
  | 'previous-part'
  | 'palette'
  | 'print'
  | 'help';

/** What of a keyboard event a shortcut is told by. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat' | 'isComposing' | 'keyCode' | 'getModifierState'
>;

/**
 * The letter of a key: what the keyboard writes where that is one of ours, so that Z is Z on every Latin layout; else what
 * stands there on a US keyboard, which is how people who write Cyrillic, Greek, Arabic … know shortcuts.
 */
export function letterOf({ key, code }: Pick<Pressed, 'key' | 'code'>): string | undefined {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  // Digits, signs, Latin letters with marks and named keys say themselves what they are.
  const other = key === 'Dead' || key === 'Process' || key === 'Unidentified' || /^\p{L}$/u.test(key);
  return other && !/^\p{Script=Latin}$/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
}

/** 1 to 9: as the keyboard writes it, or where a French one wants Shift for it. */
function digitOf({ key, code, shiftKey }: Pick<Pressed, 'key' | 'code' | 'shiftKey'>): number | undefined {
  if (/^[1-9]$/.test(key)) return Number(key);
  const digit = shiftKey ? undefined : /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

/** Which shortcut was pressed; `typing`: the keys belong to a field, which keeps its own undo and every letter. */
export function shortcutOf(pressed: Pressed, typing: boolean): Shortcut | undefined {
  // 229: an input method has the key, even where the browser does not say so.
  if (pressed.isComposing || pressed.keyCode === 229) return undefined;
  if (pressed.key === 'F6' && !pressed.ctrlKey && !pressed.altKey && !pressed.metaKey)
    return pressed.shiftKey ? 'previous-part' : 'next-part';
  // AltGr writes characters; some systems report it as Ctrl and Alt.
  if (pressed.altKey || pressed.getModifierState('AltGraph')) return undefined;
  const letter = letterOf(pressed);
  if (pressed.ctrlKey !== pressed.metaKey) {
    if (letter === 's' && !pressed.shiftKey && !pressed.repeat) return 'save';
    if (letter === 'k' && !pressed.shiftKey && !pressed.repeat) return 'palette';
    if (letter === 'p' && !pressed.shiftKey && !pressed.repeat) return 'print';
    if (typing) return undefined;
    if (letter === 'z') return pressed.shiftKey ? 'redo' : 'undo';
    if (letter === 'd' && !pressed.shiftKey && !pressed.repeat) return 'duplicate';
    return letter === 'y' && !pressed.shiftKey ? 'redo' : undefined;
  }
  if (pressed.key === HELP_KEY && !pressed.ctrlKey && !typing && !pressed.repeat) return 'help';
  if (!pressed.ctrlKey && !typing && !pressed.repeat) {
    const digit = digitOf(pressed);
    if (digit) return `pinned-${digit}`;
  }
  if (pressed.ctrlKey || pressed.shiftKey || typing || pressed.repeat || pressed.key === 'Dead') return undefined;
  return letter === 'e' ? 'toggle-mode' : undefined;
}

/** Wherever a keyboard has it, with Shift or without. */
export const HELP_KEY = '?';
