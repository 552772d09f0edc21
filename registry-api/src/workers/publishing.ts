/** What a publishing thread does. The exports are the work that `pool.run` names; nothing else runs here. */
export { compress } from '../widgets/publish/compress';
export { examine } from '../widgets/publish/examine';
