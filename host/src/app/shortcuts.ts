import type { DashboardController } from '../dashboard/dashboard-controller';
import { type Shortcut, shortcutOf } from '../dashboard/keys';
import { leaveKiosk } from '../dashboard/kiosk/kiosk';
import { pinPath } from '../dashboard/route';
import { singleKeys } from '../ui/single-keys';
import { isTypingIn } from '../ui/typing';

const isInWidget = (event: KeyboardEvent): boolean => event.target instanceof Element && event.target.closest('[data-panel]') !== null;

/** The parts that F6 goes round. */
const PARTS = ['.bar', '#stage', '.drawer'];

export function startShortcuts(controller: DashboardController): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const typing = isTypingIn(event);
    const shortcut = shortcutOf(event, typing);
    if (controller.store.getSnapshot().kiosk) {
      if (event.key === 'Escape' && !typing) leaveKiosk(controller);
      else showPinned(controller, event, shortcut);
      return;
    }
    if (shortcut === 'next-part' || shortcut === 'previous-part') {
      event.preventDefault();
      focusPart(shortcut === 'next-part' ? 1 : -1);
      return;
    }
    const { dialog } = controller.store.getSnapshot();
    if (shortcut === 'palette' && (dialog === null || dialog.kind === 'palette')) {
      event.preventDefault();
      controller.openDialog(dialog ? null : { kind: 'palette' });
      return;
    }
    if (!shortcut || dialog) return;
    if (shortcut === 'print') {
      event.preventDefault();
      void controller.printing.print();
      return;
    }
    if (shortcut === 'help' || shortcut === 'toggle-mode') {
      if (isInWidget(event) || !singleKeys.getSnapshot().on) return;
      if (shortcut === 'help') controller.openDialog({ kind: 'keys' });
    }
    if (shortcut.startsWith('pinned-')) {
      showPinned(controller, event, shortcut);
      return;
    }
    const { active } = controller;
    if (!active?.session.state.mayEdit) return;
    const editing = active.mode.getSnapshot().mode === 'edit';
    if (shortcut === 'toggle-mode') void controller.actions.setMode(editing ? 'view' : 'edit');
    else if (shortcut === 'save') void controller.actions.save();
    else if (editing && shortcut === 'duplicate') {
      const panel = active.workspace.heldPanel;
      // Elsewhere it is the browser's.
      if (panel === null) return;
      active.workspace.duplicate(panel);
    } else if (editing && (shortcut === 'undo' || shortcut === 'redo')) void active[shortcut]();
    else return;
    // Save also when there is nothing to save: nobody wants the browser's "save page" here.
    event.preventDefault();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function showPinned(controller: DashboardController, event: KeyboardEvent, shortcut: Shortcut | undefined): void {
  const { active } = controller;
  if (!shortcut?.startsWith('pinned-') || isInWidget(event) || !singleKeys.getSnapshot().on) return;
  if (!active?.pin || active.mode.getSnapshot().mode === 'edit') return;
  const { department, pinned } = active.pin;
  const layout = pinned[Number(shortcut.slice('pinned-'.length)) - 1]?.layout;
  if (layout === undefined) return;
  event.preventDefault();
  void controller.go(pinPath(department, layout));
}

function focusPart(step: 1 | -1): void {
  const parts = PARTS.map((selector) => document.querySelector<HTMLElement>(selector)).filter((part) => part !== null);
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts.at((at === -1 && step === -1 ? parts.length - 1 : at + step) % parts.length);
  const first = next?.querySelector<HTMLElement>('button:not([tabindex="-1"]), a[href], input, [tabindex="0"]');
  (first ?? next)?.focus();
}
