import { remote } from '@datamesh/rspack';

export default remote({ dir: import.meta.dirname });
