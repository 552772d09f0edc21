/** rspack configuration of a React remote: its rspack.config is `export default reactRemote({ dir: import.meta.dirname })`. */
import type { Configuration } from '@rspack/core';
import { type RemoteSettings, remote, type Shared } from './remote';

/** What every React remote shares with the host. The two with a slash keep jsx-runtime and client out of the remote. */
const reactShared: Shared = {
  react: { singleton: true, requiredVersion: '^19.0.0' },
  'react/': { singleton: true, requiredVersion: '^19.0.0' },
  'react-dom': { singleton: true, requiredVersion: '^19.0.0' },
  'react-dom/': { singleton: true, requiredVersion: '^19.0.0' },
};

/** React and its DOM half come from the host. */
export const reactRemote = (settings: RemoteSettings): Configuration =>
  remote({ ...settings, shared: { ...reactShared, ...settings.shared } });
