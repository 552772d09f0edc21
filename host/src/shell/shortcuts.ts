import type { Desk } from './desk';

/** Keys typed into a field, or into a widget, belong to it. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const isInWidget = (event: KeyboardEvent): boolean => event.target instanceof Element && event.target.closest('[data-panel]') !== null;

/** The parts that F6 goes round. */
const PARTS = ['.bar', '#stage', '.drawer'];

export function startShortcuts(desk: Desk): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const { active } = desk;
    const { dialog } = desk.store.getSnapshot();
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (event.key === 'F6') {
      event.preventDefault();
      focusPart(event.shiftKey ? -1 : 1);
      return;
    }
    if (!active?.session.state.mayEdit || dialog || event.altKey) return;
    if (command && key === 's') {
      // Also when there is nothing to save: nobody wants the browser's "save page" here.
      event.preventDefault();
      return void desk.actions.save();
    }
    const editing = active.mode.getSnapshot().mode === 'edit';
    if (command && editing && !isTyping(event) && (key === 'z' || key === 'y')) {
      event.preventDefault();
      void (key === 'y' || event.shiftKey ? active.redo() : active.undo());
      return;
    }
    if (!command && !event.shiftKey && key === 'e' && !isTyping(event) && !isInWidget(event)) {
      event.preventDefault();
      void desk.actions.setMode(editing ? 'view' : 'edit');
    }
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function focusPart(step: 1 | -1): void {
  const parts = PARTS.map((selector) => document.querySelector<HTMLElement>(selector)).filter((part) => part !== null);
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts.at((at === -1 && step === -1 ? parts.length - 1 : at + step) % parts.length);
  const first = next?.querySelector<HTMLElement>('button:not([tabindex="-1"]), a[href], input, [tabindex="0"]');
  (first ?? next)?.focus();
}
