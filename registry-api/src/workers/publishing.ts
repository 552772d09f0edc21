/** What a publishing thread does. The exports are the work that `pool.run` names; nothing else runs here. */
import { compress as compressFile } from '../widgets/publish/compress';
import { examine as examineUpload } from '../widgets/publish/examine';
import { taskOf } from './gate';

export const compress = taskOf(compressFile);
export const examine = taskOf(examineUpload);
