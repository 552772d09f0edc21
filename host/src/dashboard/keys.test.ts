import { describe, expect, it } from 'vitest';
import { type Pressed, shortcutOf } from './keys';

const press = (key: string, code: string, held: Partial<Pressed> & { altGraph?: boolean } = {}): Pressed => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  keyCode: 0,
  getModifierState: (modifier) => modifier === 'AltGraph' && held.altGraph === true,
  ...held,
});
const ctrl = { ctrlKey: true };

describe('a shortcut', () => {
  it.each<[string, Pressed, string | undefined]>([
    ['QWERTY, Ctrl+S', press('s', 'KeyS', ctrl), 'save'],
    ['Caps Lock', press('S', 'KeyS', ctrl), 'save'],
    ['a Mac', press('s', 'KeyS', { metaKey: true }), 'save'],
    ['QWERTZ, Ctrl+Z where a US keyboard has Y', press('z', 'KeyY', ctrl), 'undo'],
    ['QWERTZ, Ctrl+Y where a US keyboard has Z', press('y', 'KeyZ', ctrl), 'redo'],
    ['AZERTY, Ctrl+Z where a US keyboard has W', press('z', 'KeyW', ctrl), 'undo'],
    ['AZERTY, Ctrl+W closes the browser’s tab', press('w', 'KeyZ', ctrl), undefined],
    ['Dvorak, Ctrl+S where a US keyboard has ;', press('s', 'Semicolon', ctrl), 'save'],
    ['Dvorak, Ctrl+O where a US keyboard has S', press('o', 'KeyS', ctrl), undefined],
    ['Ctrl+K', press('k', 'KeyK', ctrl), 'palette'],
    ['Russian, Ctrl+K', press('л', 'KeyK', ctrl), 'palette'],
    ['Ctrl+Shift+K is the browser’s', press('K', 'KeyK', { ...ctrl, shiftKey: true }), undefined],
    ['Ctrl+P', press('p', 'KeyP', ctrl), 'print'],
    ['Russian, Ctrl+P', press('з', 'KeyP', ctrl), 'print'],
    ['Ctrl+Shift+P is the browser’s', press('P', 'KeyP', { ...ctrl, shiftKey: true }), undefined],
    ['? on a US keyboard', press('?', 'Slash', { shiftKey: true }), 'help'],
    ['? on a German keyboard', press('?', 'Minus', { shiftKey: true }), 'help'],
    ['? beside Ctrl', press('?', 'Slash', { ...ctrl, shiftKey: true }), undefined],
    ['Russian', press('ы', 'KeyS', ctrl), 'save'],
    ['Russian, capital', press('Я', 'KeyZ', { ...ctrl, shiftKey: true }), 'redo'],
    ['Greek', press('ζ', 'KeyZ', ctrl), 'undo'],
    ['Ctrl+D', press('d', 'KeyD', ctrl), 'duplicate'],
    ['Ctrl+Shift+D, which is the browser’s', press('D', 'KeyD', { ...ctrl, shiftKey: true }), undefined],
    ['Hebrew', press('ד', 'KeyS', ctrl), 'save'],
    ['Arabic', press('س', 'KeyS', ctrl), 'save'],
    ['a dead key there', press('Dead', 'KeyS', ctrl), 'save'],
    ['Turkish, a letter with a mark', press('ş', 'Semicolon', ctrl), undefined],
    ['Vietnamese, a Latin letter where a US keyboard has S', press('ă', 'KeyS', ctrl), undefined],
    ['redo as on a Mac', press('z', 'KeyZ', { metaKey: true, shiftKey: true }), 'redo'],
    ['Ctrl and the other command key', press('s', 'KeyS', { ctrlKey: true, metaKey: true }), undefined],
    ['AltGr as Windows has it', press('ś', 'KeyS', { ctrlKey: true, altKey: true }), undefined],
    ['AltGr as Linux has it', press('s', 'KeyS', { ...ctrl, altGraph: true }), undefined],
    ['Option on a Mac', press('ß', 'KeyS', { metaKey: true, altKey: true }), undefined],
    ['Ctrl+Shift+S is somebody else’s', press('S', 'KeyS', { ...ctrl, shiftKey: true }), undefined],
    ['a key that is held', press('s', 'KeyS', { ...ctrl, repeat: true }), undefined],
    ['E alone', press('e', 'KeyE'), 'toggle-mode'],
    ['E in Russian', press('у', 'KeyE'), 'toggle-mode'],
    ['a dead key alone, which waits for a letter', press('Dead', 'KeyE'), undefined],
    ['while composing', press('e', 'KeyE', { isComposing: true }), undefined],
    ['while an input method has the key', press('Process', 'KeyE', { keyCode: 229 }), undefined],
    ['a digit', press('2', 'Digit2'), 'pinned-2'],
    ['a digit of the number pad', press('9', 'Numpad9'), 'pinned-9'],
    ['the number pad where it moves', press('End', 'Numpad1'), undefined],
    ['AZERTY, where digits want Shift, without it', press('é', 'Digit2'), 'pinned-2'],
    ['AZERTY, with it', press('2', 'Digit2', { shiftKey: true }), 'pinned-2'],
    ['QWERTY, Shift+2 is a sign', press('@', 'Digit2', { shiftKey: true }), undefined],
    ['Ctrl+2 is the browser’s', press('2', 'Digit2', ctrl), undefined],
    ['nought', press('0', 'Digit0'), undefined],
    ['F6', press('F6', 'F6'), 'next-part'],
    ['Shift+F6', press('F6', 'F6', { shiftKey: true }), 'previous-part'],
  ])('%s', (_, pressed, shortcut) => {
    expect(shortcutOf(pressed, false)).toBe(shortcut);
  });

  it('leaves a field its letters and its own undo, but saves from there', () => {
    expect(shortcutOf(press('e', 'KeyE'), true)).toBeUndefined();
    expect(shortcutOf(press('2', 'Digit2'), true)).toBeUndefined();
    expect(shortcutOf(press('z', 'KeyZ', ctrl), true)).toBeUndefined();
    expect(shortcutOf(press('y', 'KeyY', ctrl), true)).toBeUndefined();
    expect(shortcutOf(press('s', 'KeyS', ctrl), true)).toBe('save');
    expect(shortcutOf(press('p', 'KeyP', ctrl), true)).toBe('print');
  });
});
