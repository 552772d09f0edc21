import { svelteWidget } from '@datamesh/widget-sdk/svelte';
import Greeting from './Greeting.svelte';
import css from './widget.css';

export default svelteWidget(Greeting, css);
