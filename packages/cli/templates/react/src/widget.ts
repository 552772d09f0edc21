import { reactWidget } from '@datamesh/widget-sdk/react';
import { Greeting } from './Greeting';
import css from './widget.css';

export default reactWidget(Greeting, css);
