import { solidRemote } from '@datamesh/rspack/solid';

export default solidRemote({ dir: import.meta.dirname });
