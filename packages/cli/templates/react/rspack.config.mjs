import { reactRemote } from '@datamesh/rspack/react';

export default reactRemote({ dir: import.meta.dirname });
