import { remote } from '../../rspack.config.base';

export default remote({ dir: import.meta.dirname });
