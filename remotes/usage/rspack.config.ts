import { svelteRemote } from '@datamesh/widget-sdk/build/svelte';

export default svelteRemote(import.meta.dirname);
