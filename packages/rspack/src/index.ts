export { cssAsTextRule, type RemoteSettings, remote, type Shared, typescriptRule } from './remote';
