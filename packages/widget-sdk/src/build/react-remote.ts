/** rspack configuration of a React remote: its rspack.config.ts is `export default reactRemote(import.meta.dirname)`. */
import type { Configuration } from '@rspack/core';
import { reactShared, remote } from '../../../../rspack.config.base';

/** React and its DOM half come from the host. */
export const reactRemote = (dir: string): Configuration => remote({ dir, shared: reactShared });
