import { vueRemote } from '@datamesh/rspack/vue';

export default vueRemote({ dir: import.meta.dirname });
