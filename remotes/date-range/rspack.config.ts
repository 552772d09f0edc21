import { remote } from '../../rspack.config.base';

// Lit stays in the remote's own chunk: two versions of it in one page do not meet, and sharing it costs more bytes than it has.
export default remote({ dir: import.meta.dirname });
