import { svelteRemote } from '@datamesh/rspack/svelte';

export default svelteRemote({ dir: import.meta.dirname });
