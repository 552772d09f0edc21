/** The layout tree as pure functions. Signatures here are stable; nothing mutates its arguments. */
export { type ArrangedSplit, type ArrangedStack, type Arrangement, type ArrangeOptions, arrange, type Rect } from './arrange';
export { copyPanels, MAX_PANELS, type PanelGroup, type PasteOptions, pastePanels } from './copy';
export { type Change, diff, equal } from './diff';
export {
  activatePanel,
  addPanel,
  createPanelId,
  emptyLayout,
  movePanel,
  moveSplitter,
  type Place,
  removePanel,
  resizePanel,
  type Side,
  setPanel,
  setSettings,
  setTree,
} from './edit';
export { layoutFile } from './file';
export { setFilter } from './filters';
export { type Conflict, type Merged, merge3, resolveConflicts } from './merge';
export { normalise } from './normalise';
export { overlaid } from './overlay';
export { contentOf, panelsOf, pathOf, stackOf, stacksOf } from './tree';
export { type Violation, validate } from './validate';
export { addWire, removeWire, sourcesOf, targetIn, wiredTo, wireKey } from './wires';
