/** What keys go into: every input but those that are only pressed or moved. */
const FIELD = ':is(input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"]), textarea, select)';

/** Keys typed into a field, or into a widget, belong to it. */
export function isTypingIn(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(`${FIELD}, [role="textbox"], [role="combobox"]`));
}
