import { vueWidget } from '@datamesh/widget-sdk/vue';
import Greeting from './Greeting.vue';
import css from './widget.css';

export default vueWidget(Greeting, css);
