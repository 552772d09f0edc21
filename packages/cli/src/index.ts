/** For programs that publish: the start script, test journeys, other tools. */
export { archive, type PackedFile } from './archive';
export { BUILD_STAMP, type Packed, pack } from './pack';
export { CliError } from './problem';
export { deprecate, type Published, promote, publish, type Target, yank } from './registry';
export { findChromium } from './workbench/chromium';
