import { angularRemote } from '@datamesh/rspack/angular';

export default angularRemote({ dir: import.meta.dirname });
