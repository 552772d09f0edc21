import { svelteWidget } from '@datamesh/widget-sdk/svelte';
import Usage from './Usage.svelte';

export default svelteWidget(Usage);
