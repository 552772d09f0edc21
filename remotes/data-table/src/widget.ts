import { reactWidget } from '@datamesh/widget-sdk/react';
import { DataTable } from './DataTable';
import css from './widget.css';

export default reactWidget(DataTable, css);
