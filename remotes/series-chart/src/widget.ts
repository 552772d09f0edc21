import { vueWidget } from '@datamesh/widget-sdk/vue';
import SeriesChart from './SeriesChart.vue';
import css from './widget.css';

export default vueWidget(SeriesChart, css);
