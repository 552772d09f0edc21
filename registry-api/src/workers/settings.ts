/** What a settings thread does. The exports are the work that `pool.run` names; nothing else runs here. */
export { checkPanels } from '../layouts/panel-settings';
