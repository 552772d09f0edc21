/** The panel whose tab or frame itself has the keyboard: what is in a widget is the widget's. `root`: of the workspace. */
export function heldItself(root: HTMLElement): string | null {
  const { activeElement } = document;
  const own = activeElement instanceof HTMLElement && root.contains(activeElement) ? activeElement.dataset : {};
  return own['panel'] ?? own['for'] ?? null;
}

/** The panel that has the keyboard, by its tab, its frame or what is in it; null: something else of the workspace has; undefined: nothing of it. */
export function heldWithin(root: HTMLElement): string | null | undefined {
  const { activeElement } = document;
  if (!activeElement || !root.contains(activeElement)) return undefined;
  const { dataset } = activeElement.closest<HTMLElement>('[data-panel], [data-for]') ?? root;
  return dataset['panel'] ?? dataset['for'] ?? null;
}
