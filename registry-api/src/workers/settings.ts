/** What a settings thread does. The exports are the work that `pool.run` names; nothing else runs here. */
import { checkPanels as check } from '../layouts/panel-settings';
import { taskOf } from './gate';

export const checkPanels = taskOf(check);
