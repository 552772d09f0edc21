import { vueRemote } from '@datamesh/widget-sdk/build/vue';

export default vueRemote(import.meta.dirname);
