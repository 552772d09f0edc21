import { reactRemote } from '@datamesh/widget-sdk/build/react';

export default reactRemote(import.meta.dirname);
